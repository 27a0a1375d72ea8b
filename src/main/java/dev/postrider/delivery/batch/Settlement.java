package dev.postrider.delivery.batch;

import java.util.List;

import dev.postrider.delivery.batch.HardBounces.Bounced;
import dev.postrider.subscription.Suppressions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * What becomes of readers whose address a relay called bad: they are suppressed, or tried
 * again where the relay was wrong. Of a process that is killed the last of them stay
 * {@code BOUNCED} without being suppressed; their next mail tells anew.
 */
@Component
class Settlement {

	private static final Logger logger = LoggerFactory.getLogger(Settlement.class);

	private final Outcomes outcomes;

	private final Ledger ledger;

	private final Suppressions suppressions;

	Settlement(Outcomes outcomes, Ledger ledger, Suppressions suppressions) {
		this.outcomes = outcomes;
		this.ledger = ledger;
		this.suppressions = suppressions;
	}

	/** Suppresses those that are of no surge, however the edition goes on. */
	void suppressPast(long editionId) {
		HardBounces bounces = this.outcomes.bounces(editionId);
		bounces.past().forEach((bounced) -> suppress(bounces, bounced));
	}

	/** If the edition is held for them: they are tried again when it goes on. */
	void takeBack(long editionId) {
		HardBounces bounces = this.outcomes.bounces(editionId);
		if (bounces.areTooMany()) {
			List<Integer> rows = bounces.all().stream().map(Bounced::seq).toList();
			int again = this.ledger.recall(editionId, rows);
			logger.warn("Edition {}: {} of {} bounces are not believed, and tried again when it goes on", editionId,
					again, rows.size());
		}
	}

	/** All lanes of this process have ended. */
	void end(long editionId) {
		try {
			takeBack(editionId);
			HardBounces bounces = this.outcomes.bounces(editionId);
			if (!bounces.areTooMany()) {
				bounces.all().forEach((bounced) -> suppress(bounces, bounced));
			}
		}
		finally {
			this.outcomes.forgetRefusals(editionId);
		}
	}

	private void suppress(HardBounces bounces, Bounced bounced) {
		if (!bounces.take(bounced)) {
			return;
		}
		try {
			this.suppressions.bounced(bounced.subscriberId(), bounced.moves(), bounced.reply());
		}
		catch (DataAccessException | TransactionException ex) {
			bounces.putBack(bounced);
			logger.warn("Subscriber {} could not be suppressed, and is with the next: {}", bounced.subscriberId(),
					ex.toString());
		}
	}

}
