package dev.postrider.subscription;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is odd about the sign-ups of late, for those who watch over it.
 */
public interface SignUpWatch {

	/** Since when this process has had more sign-ups than usual; empty: it has not. */
	Optional<Instant> surgeSince();

	/**
	 * Since when a sign-up waits that failed, or that nobody has worked off although it
	 * is due; empty: none does. Moments are nothing odd.
	 */
	Optional<Instant> stuckSince();

	/** The newest sign-ups since a moment, some thousands at most. */
	Throwaways throwaways(Instant since);

	/**
	 * Sign-ups with addresses that are made to be thrown away.
	 *
	 * @param signUps how many sign-ups were looked at
	 * @param domains how many of them were with which such domain
	 */
	record Throwaways(int signUps, Map<String, Integer> domains) {

		/** How many of them in all. */
		public int count() {
			return this.domains.values().stream().mapToInt(Integer::intValue).sum();
		}

	}

}
