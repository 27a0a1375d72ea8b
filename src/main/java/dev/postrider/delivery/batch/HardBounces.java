package dev.postrider.delivery.batch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * Readers of one edition whose address a relay called bad, over all lanes of this
 * process. Where that is said of too many first attempts it is the relay that is wrong,
 * so nobody is suppressed before as many others were tried as a surge is looked for in.
 */
final class HardBounces {

	private final int window;

	private final int least;

	private final double share;

	private final AtomicLong firstAttempts = new AtomicLong();

	/** At which first attempts an address was called bad, of the last so many. */
	private final Deque<Long> given = new ArrayDeque<>();

	/** Whose suppression waits. */
	private final Deque<Bounced> waiting = new ArrayDeque<>();

	private boolean tooMany;

	HardBounces(DeliveryProperties properties) {
		this.window = properties.surgeWindow();
		this.least = properties.bouncesToHold();
		this.share = properties.bounceShare();
	}

	/** A reader was tried for the first time, and the address not called bad. */
	void tried() {
		this.firstAttempts.incrementAndGet();
	}

	/**
	 * A reader's address was called bad.
	 * @param first whether by the first attempt; who was tried before says nothing of all
	 * @return why the edition must be held; {@code null} while it may go on
	 */
	synchronized @Nullable String refused(LedgerRow row, boolean first, String reply) {
		long now = first ? this.firstAttempts.incrementAndGet() : this.firstAttempts.get();
		this.waiting.addLast(new Bounced(row.seq(), row.subscriberId(), row.moves(), reply, now));
		if (!first) {
			return null;
		}
		this.given.addLast(now);
		while (this.given.getFirst() <= now - this.window) {
			this.given.removeFirst();
		}
		long seen = Math.min(now, this.window);
		if (this.given.size() < this.least || this.given.size() <= this.share * seen) {
			return null;
		}
		this.tooMany = true;
		return "Of the last " + seen + " readers " + this.given.size()
				+ " were refused as if their addresses were bad; none of them is suppressed. Look after the relay, or "
				+ "raise postrider.delivery.bounce-share if they are bad indeed. The last time it said: " + reply;
	}

	/** Those so far back that they are of no surge. */
	synchronized List<Bounced> past() {
		long now = this.firstAttempts.get();
		return this.tooMany ? List.of()
				: this.waiting.stream().filter((bounced) -> bounced.at() <= now - this.window).toList();
	}

	/** All that wait. */
	synchronized List<Bounced> all() {
		return List.copyOf(this.waiting);
	}

	/** Whether there were so many that none of them is believed. */
	synchronized boolean areTooMany() {
		return this.tooMany;
	}

	/** False when another lane is about it. */
	synchronized boolean take(Bounced bounced) {
		return this.waiting.remove(bounced);
	}

	/** It could not be suppressed yet. */
	synchronized void putBack(Bounced bounced) {
		this.waiting.addLast(bounced);
	}

	/**
	 * One of them.
	 *
	 * @param seq its place in the ledger
	 * @param subscriberId who
	 * @param moves how often the reader had moved: it is the address of then that is bad
	 * @param reply the relay's words
	 * @param at after how many first attempts
	 */
	record Bounced(int seq, long subscriberId, int moves, String reply, long at) {
	}

}
