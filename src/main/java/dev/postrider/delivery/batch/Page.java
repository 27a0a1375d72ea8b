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

	/** After a block that was looked through for nothing; doubled each time. */
	private static final Duration IN_VAIN = Duration.ofMillis(250);

	private static final Duration LONGEST_IN_VAIN = Duration.ofSeconds(8);

	private final Deque<LedgerRow> rows = new ArrayDeque<>();

	private final Held held = new Held();

	private int lastSeq;

	private Duration nextInVain = IN_VAIN;

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

	/**
	 * The first one's provider takes nothing now.
	 * @param perSecond what it is sent; {@code null} where that is not known
	 */
	void passOver(Instant notBefore, @Nullable Double perSecond) {
		this.held.add(first(), notBefore, perSecond);
		remove();
	}

	/** The first is left for the block's next time, as nobody's fault. */
	void later(Instant notBefore) {
		this.held.later(notBefore);
		remove();
	}

	/** What is on it is to be read anew, since who is on it may leave meanwhile. */
	void drop(Instant now) {
		if (!this.rows.isEmpty() && first().seq() <= this.lastSeq) {
			this.held.drop(now);
		}
		this.rows.clear();
	}

	/** The same, with those who were passed over. */
	void dropAll(Instant now) {
		if (!this.held.isEmpty()) {
			this.held.drop(now);
		}
		drop(now);
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

	/** How long to rest when the block ends: longer each time nothing came of it. */
	Duration pauseAfter() {
		if (!this.held.inVain()) {
			this.nextInVain = IN_VAIN;
			return Duration.ZERO;
		}
		Duration pause = this.nextInVain;
		Duration doubled = pause.multipliedBy(2);
		this.nextInVain = (doubled.compareTo(LONGEST_IN_VAIN) < 0) ? doubled : LONGEST_IN_VAIN;
		return pause;
	}

	/** What is known of the block when it ends. */
	Held held() {
		return this.held;
	}

	private void remove() {
		this.lastSeq = Math.max(this.lastSeq, this.rows.removeFirst().seq());
	}

}
