package dev.postrider.delivery;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.postrider.edition.Edition;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger says, for those who ask. Of old editions it keeps counts only; those
 * are the same as before.
 */
public interface Deliveries {

	/** Deliveries of an edition by status; every status has an entry. */
	Map<DeliveryStatus, Integer> counts(long editionId);

	/** Readers left out when the audience was frozen, by reason. */
	Map<String, Integer> exclusions(long editionId);

	/** Whether any reader of an edition gets other stories than the edition's own. */
	boolean isTopical(long editionId);

	/** Readers of an edition by the variant they get. */
	Map<Integer, Integer> readersByVariant(long editionId);

	/**
	 * Proof of delivery: every edition for one address, newest first, with the copies
	 * that it was mailed as a new reader's.
	 * @param email any spelling of the address
	 * @param before only editions with a smaller id, or {@code null} for the newest
	 * @param limit at most so many, but one more where an edition's two would be parted
	 */
	List<Proof> byEmail(String email, @Nullable Long before, int limit);

	/** The newest of them. */
	default List<Proof> byEmail(String email, int limit) {
		return byEmail(email, null, limit);
	}

	/**
	 * The editions of whose deliveries only counts are kept; empty when there is none.
	 */
	Optional<Compacted> compacted();

	/** Whether only counts are kept of this one's. */
	boolean isCompacted(long editionId);

	/**
	 * How many readers an edition of this newsletter would go to if it were frozen now.
	 */
	int audience(long newsletterId, LocalDate date);

	/** The same of an edition, which may be a correction. */
	int audience(Edition edition);

	/**
	 * One delivery.
	 *
	 * @param editionId the edition's key
	 * @param newsletter the newsletter's slug
	 * @param date the edition's date
	 * @param number the edition's number
	 * @param status where it stands
	 * @param attempts how often it was tried, earlier rounds that failed included
	 * @param at when the status was set
	 * @param relay which relay answered
	 * @param reply the relay's reply, or why it was skipped
	 * @param messageId the mail's {@code Message-ID}
	 * @param welcome whether it was mailed to a new reader, beside the audience
	 */
	record Proof(long editionId, String newsletter, LocalDate date, int number, DeliveryStatus status, int attempts,
			@Nullable Instant at, @Nullable String relay, @Nullable String reply, String messageId, boolean welcome) {
	}

	/**
	 * What is no longer kept one by one.
	 *
	 * @param editions how many
	 * @param upTo the date of the newest of them
	 */
	record Compacted(int editions, LocalDate upTo) {
	}

}
