package dev.postrider.delivery.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Readers of a block who were passed over because their provider takes nothing at the
 * moment. Nothing is written about them.
 */
final class Held {

	/** Who was read so long ago may have left since. */
	private static final long FRESH = TimeUnit.SECONDS.toNanos(10);

	private static final Duration SHORT = Duration.ofSeconds(2);

	/** Before this, looking again is not worth while. */
	private static final Duration SOONEST = Duration.ofSeconds(1);

	private static final double MOST_SECONDS = 30;

	private final Deque<LedgerRow> rows = new ArrayDeque<>();

	private @Nullable Instant next;

	private @Nullable Instant rowsNext;

	private long readAt;

	private Instant claimedAt = Instant.EPOCH;

	private boolean somethingDone;

	/** How long their providers need for those that were passed over. */
	private double seconds;

	/** A block begins. */
	void begin(Instant now) {
		this.rows.clear();
		this.next = null;
		this.rowsNext = null;
		this.claimedAt = now;
		this.somethingDone = false;
		this.seconds = 0;
	}

	/** A page was read. */
	void read() {
		if (this.rows.isEmpty()) {
			this.readAt = System.nanoTime();
		}
	}

	void done() {
		this.somethingDone = true;
	}

	/**
	 * Passes one over.
	 * @param perSecond what its provider is sent; {@code null} where that is not known
	 */
	void add(LedgerRow row, Instant notBefore, @Nullable Double perSecond) {
		this.rows.addLast(row);
		if (perSecond != null && perSecond > 0) {
			this.seconds += 1 / perSecond;
		}
		this.next = earlier(this.next, notBefore);
		this.rowsNext = earlier(this.rowsNext, notBefore);
	}

	/**
	 * How long until one of them may go; {@code null} if that is not worth waiting for.
	 */
	@Nullable Duration shortWait(Instant now) {
		boolean fresh = System.nanoTime() - this.readAt < FRESH;
		if (this.rowsNext == null || !fresh || this.rowsNext.isAfter(now.plus(SHORT))) {
			return null;
		}
		Duration wait = Duration.between(now, this.rowsNext);
		return wait.isNegative() ? Duration.ZERO : wait;
	}

	/** Those who waited, to be asked for again. */
	Deque<LedgerRow> again() {
		Deque<LedgerRow> again = new ArrayDeque<>(this.rows);
		leave();
		return again;
	}

	boolean isEmpty() {
		return this.rows.isEmpty();
	}

	/** One is left for the block's next time. */
	void later(Instant notBefore) {
		this.next = earlier(this.next, notBefore);
	}

	/** They are left for the block's next time. */
	void leave() {
		this.rows.clear();
		this.rowsNext = null;
	}

	/** What was in hand is dropped, and must be read again soon. */
	void drop(Instant now) {
		leave();
		this.next = earlier(this.next, now);
	}

	/** Whether the block was looked through for nothing. */
	boolean inVain() {
		return this.next != null && !this.somethingDone;
	}

	/**
	 * When one that was passed over may go; {@code null} when none was.
	 * @param othersWait whether other lanes wait for providers: then a block that was
	 * looked through for nothing leaves the room to theirs for as long as its own need
	 */
	@Nullable Instant next(Instant now, boolean othersWait) {
		if (this.next == null) {
			return null;
		}
		Instant soonest = this.next.isAfter(now.plus(SOONEST)) ? this.next : now.plus(SOONEST);
		return (othersWait && inVain()) ? soonest.plusMillis((long) (Math.min(this.seconds, MOST_SECONDS) * 1000))
				: soonest;
	}

	Instant claimedAt() {
		return this.claimedAt;
	}

	private static Instant earlier(@Nullable Instant known, Instant other) {
		return (known == null || other.isBefore(known)) ? other : known;
	}

}
