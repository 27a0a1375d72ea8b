package dev.postrider.delivery.batch;

import java.time.Instant;

import dev.postrider.Masked;
import dev.postrider.delivery.DeliveryStatus;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger is told of one delivery.
 *
 * @param editionId which edition
 * @param seq which row
 * @param status its new status
 * @param attempts how often it was tried, this time included
 * @param unclear whether a try may have arrived
 * @param at when it came out
 * @param nextAttemptAt when to try again, for {@code DEFERRED}
 * @param relay which relay answered
 * @param reply its words, or why the reader was skipped; addresses in it are hidden,
 * since the ledger outlives an erasure
 */
record Outcome(long editionId, int seq, DeliveryStatus status, int attempts, boolean unclear, Instant at,
		@Nullable Instant nextAttemptAt, @Nullable String relay, String reply) {

	private static final int LONGEST_REPLY = 300;

	Outcome {
		reply = Masked.in(reply);
		reply = reply.substring(0, Math.min(reply.length(), LONGEST_REPLY));
	}

}
