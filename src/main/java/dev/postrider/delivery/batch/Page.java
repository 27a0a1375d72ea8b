package dev.postrider.delivery.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * What a lane has in hand of its block, and who of it was passed over.
 */
final class Page {

	private final Deque<LedgerRow> rows = new ArrayDeque<>();

	private final Held held = new Held();

	private int lastSeq;

	/** A block begins. */
	void begin(Instant now) {
		this.rows.clear();
		this.held.begin(now);
		this.lastSeq = 0;
	}

	/** Rows were read, those after {@link #lastSeq}. */
	void read(Collection<LedgerRow> read) {
		this.rows.addAll(read);
		this.held.read();
	}

	boolean isEmpty() {
		return this.rows.isEmpty();
	}

	LedgerRow first() {
		return this.rows.getFirst();
	}

	Collection<LedgerRow> rows() {
		return this.rows;
	}

	int lastSeq() {
		return this.lastSeq;
	}

	/** Something came of the first, or it is not to be sent. */
	void done() {
		this.held.done();
		remove();
	}

	/** The first one's provider takes nothing now. */
	void passOver(Instant notBefore) {
		this.held.add(first(), notBefore);
		remove();
	}

	/** What is on it is to be read anew, since who is on it may leave meanwhile. */
	void drop(Instant now) {
		if (!this.rows.isEmpty() && first().seq() <= this.lastSeq) {
			this.held.drop(now);
		}
		this.rows.clear();
	}

	/** The block is nobody's concern any more. */
	void letGo() {
		this.rows.clear();
		this.held.leave();
	}

	/** How long until one who was passed over may go, where that is worth waiting for. */
	@Nullable Duration shortWait(Instant now) {
		return this.held.shortWait(now);
	}

	/** Those who were passed over are asked for again. */
	void again() {
		this.rows.addAll(this.held.again());
	}

	/** They are left for the block's next time. */
	void leave() {
		this.held.leave();
	}

	/** What is known of the block when it ends. */
	Held held() {
		return this.held;
	}

	private void remove() {
		this.lastSeq = Math.max(this.lastSeq, this.rows.removeFirst().seq());
	}

}
