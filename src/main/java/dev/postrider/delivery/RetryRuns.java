package dev.postrider.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Sends an edition again to those whose delivery failed: a job of its own.
 */
public interface RetryRuns {

	/** The job's name. */
	String JOB = "retry";

	/** News of last week is not sent again. */
	Duration LONGEST = Duration.ofDays(7);

	/**
	 * Takes up the failed deliveries of an edition that was sent, and starts the run that
	 * tries them anew. Whoever has left, paused or bounced meanwhile gets nothing.
	 * @param editionId which
	 * @param wish how
	 * @return the run's id
	 * @throws dev.postrider.edition.EditionException when nothing of it failed, it is not
	 * sent, or its ledger is no longer kept
	 * @throws dev.postrider.run.RunRefusedException when no run can begin now
	 */
	long retry(long editionId, Wish wish);

	/** How many failed, and how many of them may have it all the same. */
	Failed failed(long editionId);

	/** The retries of an edition, newest first. */
	List<Retry> of(long editionId);

	/**
	 * How a retry is wanted.
	 *
	 * @param worthUntil past this nobody more is tried; at most {@link #LONGEST} ahead
	 * @param withUnclear also those to whom a copy may have gone already
	 * @param actor who wants it
	 */
	record Wish(Instant worthUntil, boolean withUnclear, String actor) {
	}

	/**
	 * Deliveries that were given up.
	 *
	 * @param certain the relay never had the message
	 * @param unclear the connection was lost after the message, so it may have arrived
	 */
	record Failed(int certain, int unclear) {
	}

	/**
	 * A retry.
	 *
	 * @param number from 1
	 * @param askedBy who wanted it
	 * @param askedAt when
	 * @param worthUntil until when it was worth sending
	 * @param withUnclear whether those who may have had it were among them
	 * @param readers how many deliveries it took up
	 * @param endedAt when all of them were settled
	 */
	record Retry(int number, String askedBy, Instant askedAt, Instant worthUntil, boolean withUnclear, int readers,
			@Nullable Instant endedAt) {
	}

}
