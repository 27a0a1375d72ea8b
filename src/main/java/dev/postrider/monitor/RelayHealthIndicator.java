package dev.postrider.monitor;

import java.util.Map;

import dev.postrider.monitor.problem.RelayCheck;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Says whether the relay answers, for information: mail waits for a relay, so Postrider
 * is up without one.
 */
@Component
class RelayHealthIndicator implements HealthIndicator {

	private final RelayCheck relays;

	RelayHealthIndicator(RelayCheck relays) {
		this.relays = relays;
	}

	@Override
	public Health health() {
		Map<String, String> unreachable = this.relays.unreachable();
		return unreachable.isEmpty() ? Health.up().build()
				: Health.unknown().withDetail("unreachable", unreachable.keySet()).build();
	}

}
