package dev.postrider.mail.relay;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Messages that a relay fails with: so many different ones, and none that gets through
 * between, are its own trouble.
 */
final class InVain {

	private static final int MESSAGES_IN_VAIN = 3;

	private static final int MOST_REMEMBERED = 1000;

	/** Messages it failed with since one got through. */
	private final Set<Integer> since = new HashSet<>();

	private volatile boolean some;

	/** Messages it failed with while others got through, the latest of them. */
	private final Set<Integer> difficult = new LinkedHashSet<>();

	/**
	 * It failed with one.
	 * @param message which one; the same number whenever it is tried
	 */
	synchronized Trouble with(int message) {
		if (this.difficult.contains(message)) {
			return Trouble.OF_A_KNOWN_MESSAGE;
		}
		if (this.since.size() < MESSAGES_IN_VAIN) {
			this.since.add(message);
			this.some = true;
		}
		return (this.since.size() >= MESSAGES_IN_VAIN) ? Trouble.ITS_OWN : Trouble.OF_A_MESSAGE;
	}

	/** One got through. */
	void none() {
		if (!this.some) {
			return;
		}
		synchronized (this) {
			this.difficult.addAll(this.since);
			Iterator<Integer> oldest = this.difficult.iterator();
			for (int over = this.difficult.size() - MOST_REMEMBERED; over > 0; over--) {
				oldest.next();
				oldest.remove();
			}
			this.since.clear();
			this.some = false;
		}
	}

	/**
	 * Whose trouble a failure is.
	 */
	enum Trouble {

		/** The relay's: it fails with others too. */
		ITS_OWN,

		/** It fails with this one while others get through. */
		OF_A_KNOWN_MESSAGE,

		/** This one's, as far as is known. */
		OF_A_MESSAGE

	}

}
