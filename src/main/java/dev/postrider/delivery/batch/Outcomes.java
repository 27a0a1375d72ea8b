package dev.postrider.delivery.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

import dev.postrider.delivery.DeliveryStatus;
import dev.postrider.mail.Attempt;
import dev.postrider.mail.ReplyClassifier;
import dev.postrider.mail.SendResult;
import dev.postrider.mail.SendResult.Accepted;
import dev.postrider.mail.SendResult.AddressRefused;
import dev.postrider.mail.SendResult.MessageRefused;
import dev.postrider.mail.SendResult.RelayFailed;
import dev.postrider.mail.SendResult.Unclear;
import dev.postrider.mail.SmtpReply;
import dev.postrider.mail.Verdict;
import org.jspecify.annotations.Nullable;

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

	private final Map<Long, Surge> surges = new ConcurrentHashMap<>();

	private final Map<Long, HardBounces> bounces = new ConcurrentHashMap<>();

	Outcomes(DeliveryProperties properties) {
		this.properties = properties;
	}

	Outcome skipped(long editionId, LedgerRow row, String reason, Instant now) {
		return new Outcome(editionId, row.seq(), DeliveryStatus.SKIPPED, row.attempts(), row.unclear(), now, null, null,
				reason);
	}

	Judgement of(long editionId, LedgerRow row, Attempt attempt, Instant now) {
		Judgement judged = judge(editionId, row, attempt, now);
		if (judged.suppresses()) {
			String tooMany = bounces(editionId).refused(row, row.attempts() == 0, judged.outcome().reply());
			return (tooMany != null) ? new Judgement(judged.outcome(), judged.verdict(), tooMany) : judged;
		}
		if (row.attempts() == 0) {
			bounces(editionId).tried();
		}
		return judged;
	}

	private Judgement judge(long editionId, LedgerRow row, Attempt attempt, Instant now) {
		SendResult result = attempt.result();
		Surge surge = this.surges.computeIfAbsent(editionId, (id) -> new Surge(this.properties));
		if (result instanceof Accepted) {
			surge.answered(true);
			return new Judgement(outcome(editionId, row, attempt, DeliveryStatus.SENT, now), null, null);
		}
		if (result instanceof Unclear) {
			// A relay that hangs up on every copy may choke on the message.
			return new Judgement(unclear(editionId, row, attempt, now), null, counted(surge, row, null, result));
		}
		// The relay's words about this one message, where it takes others.
		SmtpReply answer = (result instanceof RelayFailed failed) ? failed.answer()
				: Objects.requireNonNull(refusal(result));
		Verdict verdict = ReplyClassifier.classify(answer);
		if (verdict.fault() == Verdict.Fault.ADDRESS || !verdict.permanent()) {
			surge.answered(false);
			DeliveryStatus status = !verdict.permanent() ? DeliveryStatus.DEFERRED
					: verdict.hard() ? DeliveryStatus.BOUNCED : DeliveryStatus.FAILED;
			return new Judgement(outcome(editionId, row, attempt, status, now), verdict, null);
		}
		boolean last = row.attempts() + 1 >= MOST_REFUSALS;
		return new Judgement(
				outcome(editionId, row, attempt, last ? DeliveryStatus.FAILED : DeliveryStatus.DEFERRED, now), verdict,
				counted(surge, row, answer, result));
	}

	/**
	 * Who was refused before and is refused again says nothing new: at an edition's end
	 * only such readers are left, one after the other.
	 */
	private static @Nullable String counted(Surge surge, LedgerRow row, @Nullable SmtpReply answer, SendResult result) {
		return (row.attempts() == 0) ? surge.refused(answer, result.reply()) : null;
	}

	/** When sending begins, resumes or ends. */
	void forgetRefusals(long editionId) {
		this.surges.remove(editionId);
		this.bounces.remove(editionId);
	}

	/** Whose addresses were called bad, since sending began or resumed. */
	HardBounces bounces(long editionId) {
		return this.bounces.computeIfAbsent(editionId, (id) -> new HardBounces(this.properties));
	}

	/** What a relay said against a reader's copy; {@code null} where it did not. */
	static @Nullable SmtpReply refusal(SendResult result) {
		if (result instanceof AddressRefused address) {
			return address.answer();
		}
		return (result instanceof MessageRefused message) ? message.answer() : null;
	}

	/** It may have arrived: tried once more, and no third time. */
	private Outcome unclear(long editionId, LedgerRow row, Attempt attempt, Instant now) {
		String reply = attempt.result().reply();
		return row.unclear()
				? new Outcome(editionId, row.seq(), DeliveryStatus.FAILED, row.attempts() + 1, true, now, null,
						attempt.relay(), "May have arrived: twice no answer after the message. " + reply)
				: new Outcome(editionId, row.seq(), DeliveryStatus.DEFERRED, row.attempts() + 1, true, now,
						now.plus(pause(row.attempts())), attempt.relay(), reply);
	}

	private Outcome outcome(long editionId, LedgerRow row, Attempt attempt, DeliveryStatus status, Instant now) {
		Instant next = (status == DeliveryStatus.DEFERRED) ? now.plus(pause(row.attempts())) : null;
		return new Outcome(editionId, row.seq(), status, row.attempts() + 1, row.unclear(), now, next, attempt.relay(),
				attempt.result().reply());
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
