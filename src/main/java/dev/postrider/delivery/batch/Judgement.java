package dev.postrider.delivery.batch;

import dev.postrider.mail.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What follows from an attempt.
 *
 * @param outcome for the ledger
 * @param verdict what the refusal means; {@code null} where there was none
 * @param hold why the edition must be held; {@code null} where it goes on
 */
record Judgement(Outcome outcome, @Nullable Verdict verdict, @Nullable String hold) {

	/** Whether the reader must not be written to again, whatever the newsletter. */
	boolean suppresses() {
		return this.verdict != null && this.verdict.fault() == Verdict.Fault.ADDRESS && this.verdict.hard();
	}

}
