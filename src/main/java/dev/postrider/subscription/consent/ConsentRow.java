package dev.postrider.subscription.consent;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

/**
 * What a row of the ledger says, without its place in the chain.
 *
 * @param subscriberId who agreed or withdrew
 * @param newsletterId to what
 * @param action what happened
 * @param channel by what way
 * @param wordingVersion names the wording
 * @param wording what the reader saw
 * @param privacyVersion names the privacy notice linked beside it
 * @param privacyUrl where that notice is
 * @param tokenId SHA-256 of the confirmation link's token, where one was clicked
 * @param at when; microseconds are kept
 */
public record ConsentRow(long subscriberId, long newsletterId, String action, String channel,
		@Nullable String wordingVersion, @Nullable String wording, @Nullable String privacyVersion,
		@Nullable String privacyUrl, byte @Nullable [] tokenId, Instant at) {

	/** As the column keeps it: what is hashed must be what is read back. */
	Instant keptAt() {
		return this.at.truncatedTo(ChronoUnit.MICROS);
	}

}
