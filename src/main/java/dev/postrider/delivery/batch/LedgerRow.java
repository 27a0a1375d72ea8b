package dev.postrider.delivery.batch;

import java.util.Map;

import dev.postrider.delivery.EditionReader;
import org.jspecify.annotations.Nullable;

/**
 * A delivery to be made, with its reader as of now.
 *
 * @param seq its place in the ledger
 * @param subscriberId who
 * @param variant which body
 * @param attempts how often it was tried
 * @param unclear whether an earlier try may have arrived
 * @param moves how often the reader has moved to another address
 * @param name the reader's name, if known
 * @param topics the topics the reader wants, comma separated; {@code null}: all
 * @param attributes what the newsletter keeps about the reader, where its mails have it
 * @param email where to; {@code null} when it was erased since the freeze
 * @param skip why this reader no longer gets it, or {@code null}
 */
record LedgerRow(int seq, long subscriberId, int variant, int attempts, boolean unclear, int moves,
		@Nullable String name, @Nullable String topics, Map<String, String> attributes, @Nullable String email,
		@Nullable String skip) {

	/** The same with what is known about the reader. */
	LedgerRow with(Map<String, String> known) {
		return new LedgerRow(this.seq, this.subscriberId, this.variant, this.attempts, this.unclear, this.moves,
				this.name, this.topics, known, this.email, this.skip);
	}

	/** The reader to be written to. */
	EditionReader reader(String to) {
		return new EditionReader(this.subscriberId, this.moves, to, this.name, this.topics, this.attributes);
	}

}
