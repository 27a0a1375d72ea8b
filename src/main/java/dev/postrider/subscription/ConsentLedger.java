package dev.postrider.subscription;

import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The record of consents, which is only appended to and checked every night.
 */
public interface ConsentLedger {

	/** What the last check found; empty before the first. */
	Optional<Check> lastCheck();

	/**
	 * A check of the whole ledger.
	 *
	 * @param at when it ended
	 * @param links how many rows hold together
	 * @param broken where it is broken, for people; {@code null} when it is whole
	 */
	record Check(Instant at, long links, @Nullable String broken) {
	}

}
