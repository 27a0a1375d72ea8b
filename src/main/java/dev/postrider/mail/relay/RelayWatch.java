package dev.postrider.mail.relay;

import java.time.Duration;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Knocks at relays that nothing was sent to for a while: one that waits for the day the
 * other fails should not turn out to be dead on that day, and one that is back should be
 * known to be, even if there is nothing to send.
 */
@Component
class RelayWatch {

	private static final Duration SILENT = Duration.ofMinutes(10);

	private static final Duration SILENT_AND_DOWN = Duration.ofSeconds(30);

	private final ConfiguredRelays relays;

	RelayWatch(ConfiguredRelays relays) {
		this.relays = relays;
	}

	@Scheduled(fixedDelay = 30_000, initialDelay = 60_000)
	void look() {
		this.relays.tryOut(SILENT, SILENT_AND_DOWN);
	}

}
