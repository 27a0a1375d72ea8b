package dev.postrider.monitor;

import java.util.Map;

import dev.postrider.monitor.problem.RelayCheck;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Says which relays answer. Down when none does; what restarts a process should look at
 * {@code /actuator/health/liveness} instead, for that helps no relay.
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
		if (unreachable.isEmpty()) {
			return Health.up().build();
		}
		Health.Builder health = this.relays.areAllAway() ? Health.down() : Health.up();
		return health.withDetail("unreachable", unreachable.keySet()).build();
	}

}
