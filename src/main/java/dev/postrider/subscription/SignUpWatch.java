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

	/** When browsers have to work for a sign-up. */
	Work work();

	/**
	 * A proxy on a private network that lately named readers' addresses, and is not
	 * trusted to; empty: there is none.
	 */
	Optional<String> unheardProxy();

	/** The newest sign-ups since a moment, some thousands at most. */
	Throwaways throwaways(Instant since);

	/** When browsers have to work. */
	enum Work {

		/** While sign-ups surge. */
		AUTO,

		/** At all times. */
		ALWAYS,

		/** Not at all. */
		NEVER

	}

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
