package dev.postrider.delivery.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import dev.postrider.delivery.DeliveryStatus;
import dev.postrider.mail.Attempt;
import dev.postrider.mail.ReplyClassifier;
import dev.postrider.mail.SendResult;
import dev.postrider.mail.SendResult.Accepted;
import dev.postrider.mail.SendResult.AddressRefused;
import dev.postrider.mail.SendResult.MessageRefused;
import dev.postrider.mail.SendResult.Unclear;
import dev.postrider.mail.Verdict;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * From what a relay said to what the ledger is told: errors belong to whom they belong.
 */
@Component
class Outcomes {

	/**
	 * One reader's copy that is refused so often is given up, whatever becomes of the
	 * edition.
	 */
	private static final int MOST_REFUSALS = 3;

	private final DeliveryProperties properties;

	/**
	 * What spoke against the edition itself since a mail of it was last accepted, over
	 * all lanes.
	 */
	private final Map<Long, AtomicInteger> refusals = new ConcurrentHashMap<>();

	Outcomes(DeliveryProperties properties) {
		this.properties = properties;
	}

	Outcome skipped(long editionId, LedgerRow row, String reason, Instant now) {
		return new Outcome(editionId, row.seq(), DeliveryStatus.SKIPPED, row.attempts(), row.unclear(), now, null, null,
				reason);
	}

	Outcome of(long editionId, LedgerRow row, Attempt attempt, Instant now) {
		SendResult result = attempt.result();
		String relay = attempt.relay();
		if (result instanceof Accepted) {
			refusals(editionId).set(0);
			return outcome(editionId, row, relay, DeliveryStatus.SENT, row.unclear(), now, null, result.reply());
		}
		if (result instanceof AddressRefused refused && refused.permanent() && !isAboutUs(refused)) {
			DeliveryStatus status = isUnknownAddress(refused) ? DeliveryStatus.BOUNCED : DeliveryStatus.FAILED;
			return outcome(editionId, row, relay, status, row.unclear(), now, null, result.reply());
		}
		if (result instanceof Unclear && row.unclear()) {
			return outcome(editionId, row, relay, DeliveryStatus.FAILED, true, now, null,
					"May have arrived: twice no answer after the message. " + result.reply());
		}
		if (speaksAgainstTheEdition(result)) {
			refusals(editionId).incrementAndGet();
			if (row.attempts() + 1 >= MOST_REFUSALS) {
				return outcome(editionId, row, relay, DeliveryStatus.FAILED, row.unclear(), now, null, result.reply());
			}
		}
		return outcome(editionId, row, relay, DeliveryStatus.DEFERRED, row.unclear() || result instanceof Unclear, now,
				now.plus(pause(row.attempts())), result.reply());
	}

	boolean isUnknownAddress(SendResult result) {
		return result instanceof AddressRefused refused && ReplyClassifier.classify(refused.answer()).hard();
	}

	/** So many refusals of the message in a row are not the readers' fault. */
	boolean holdsEdition(long editionId, SendResult result) {
		return speaksAgainstTheEdition(result) && refusals(editionId).get() >= this.properties.refusalsToHold();
	}

	/** When sending begins or resumes. */
	void forgetRefusals(long editionId) {
		this.refusals.remove(editionId);
	}

	private AtomicInteger refusals(long editionId) {
		return this.refusals.computeIfAbsent(editionId, (id) -> new AtomicInteger());
	}

	/**
	 * The message or we are refused, or the relay hangs up on it: many in a row are no
	 * reader's doing.
	 */
	private static boolean speaksAgainstTheEdition(SendResult result) {
		return result instanceof Unclear || (result instanceof MessageRefused message && message.permanent())
				|| (result instanceof AddressRefused address && isAboutUs(address));
	}

	private static boolean isAboutUs(AddressRefused refused) {
		return refused.permanent() && ReplyClassifier.classify(refused.answer()).fault() == Verdict.Fault.EDITION;
	}

	private static Outcome outcome(long editionId, LedgerRow row, String relay, DeliveryStatus status, boolean unclear,
			Instant now, @Nullable Instant next, String reply) {
		return new Outcome(editionId, row.seq(), status, row.attempts() + 1, unclear, now, next, relay, reply);
	}

	/**
	 * Doubled each time, with a fifth of jitter so that readers deferred together do not
	 * return together.
	 */
	private Duration pause(int attempts) {
		Duration pause = this.properties.firstRetry().multipliedBy(1L << Math.min(attempts, 20));
		Duration capped = (pause.compareTo(this.properties.longestRetry()) < 0) ? pause
				: this.properties.longestRetry();
		return capped.plusMillis(ThreadLocalRandom.current().nextLong(capped.toMillis() / 5 + 1));
	}

}
