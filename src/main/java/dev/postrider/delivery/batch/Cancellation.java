package dev.postrider.delivery.batch;

import java.time.Clock;

import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.EditionStatusChanged;

import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Ends the deliveries of a cancelled edition, whether or not a run of it is alive to see.
 */
@Component
class Cancellation {

	private final Ledger ledger;

	private final Clock clock;

	Cancellation(Ledger ledger, Clock clock) {
		this.ledger = ledger;
		this.clock = clock;
	}

	/** What a process that died, or a lane that was in the middle, has left open. */
	@Scheduled(fixedDelay = 60_000, initialDelay = 60_000)
	void endWhatIsOpen() {
		this.ledger.halfCancelled().forEach((edition) -> this.ledger.cancel(edition, this.clock.instant()));
	}

	@EventListener
	void cancelled(EditionStatusChanged change) {
		if (change.status() == EditionStatus.CANCELLED) {
			this.ledger.cancel(change.editionId(), this.clock.instant());
		}
	}

}
