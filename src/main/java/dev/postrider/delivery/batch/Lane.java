package dev.postrider.delivery.batch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.postrider.delivery.EditionMessages;
import dev.postrider.edition.EditionStatus;
import dev.postrider.mail.Attempt;
import org.jspecify.annotations.Nullable;

/**
 * One sending worker: claims a block, sends it page by page, gives it back, claims the
 * next. Its work is cut into turns of about a second, after each of which the run may be
 * stopped.
 */
final class Lane implements AutoCloseable {

	private static final long TURN = TimeUnit.SECONDS.toNanos(1);

	private static final Duration FOR_EVER = Duration.ofDays(3650);

	private final String owner;

	private final EditionMessages messages;

	private final Passage passage;

	private final LaneParts parts;

	private final Lease lease;

	private final Clock clock;

	private final Page page = new Page();

	private Blocks.@Nullable Claim claim;

	private long pausedUntil = System.nanoTime();

	/** As of the last look at the edition's status. */
	private long halts;

	private CompletableFuture<Void> unwritten = CompletableFuture.completedFuture(null);

	Lane(String owner, EditionMessages messages, Passage passage, LaneParts parts, Clock clock) {
		this.owner = owner;
		this.messages = messages;
		this.passage = passage;
		this.parts = parts;
		this.lease = new Lease(parts.blocks(), parts.properties());
		this.clock = clock;
	}

	/** Works for about a second. */
	Turn turn() {
		Turn turn = new Turn();
		long end = System.nanoTime() + TURN;
		while (turn.state == Turn.State.GOES_ON && System.nanoTime() - end < 0) {
			Blocks.Claim current = this.claim;
			if (System.nanoTime() - this.pausedUntil < 0) {
				pause(end);
			}
			else if (current == null) {
				claimNext(turn, end);
			}
			else if (this.lease.isOver()) {
				renewInTheMiddle(current);
			}
			else if (this.parts.halts().count() != this.halts) {
				lookAgain(current, turn);
			}
			else if (this.page.isEmpty() && !waitsForHeld()) {
				nextPage(current, turn);
			}
			else if (!this.page.isEmpty()) {
				sendNext(current, turn);
			}
		}
		return turn;
	}

	/**
	 * Gives the block back even when the last outcome could not be written: others go on
	 * with it.
	 */
	@Override
	public void close() {
		Blocks.Claim current = this.claim;
		letGo();
		try {
			this.unwritten.join();
		}
		finally {
			this.passage.close();
			if (current != null) {
				this.parts.blocks().release(current, null, false);
			}
		}
	}

	/** So much time has gone by that the page may no longer be true: it is read again. */
	private void renewInTheMiddle(Blocks.Claim current) {
		if (this.lease.keep(current)) {
			this.page.drop(this.clock.instant());
		}
		else {
			letGo();
		}
	}

	private void claimNext(Turn turn, long end) {
		long editionId = this.messages.edition().id();
		long asked = System.nanoTime();
		Instant now = this.clock.instant();
		boolean tooLate = now.isAfter(this.messages.edition().uselessAfter());
		// Too late, no block needs to wait for its deferred readers any more.
		Blocks.Claim next = this.parts.blocks()
			.claim(editionId, this.owner, this.parts.properties().lease(), tooLate ? now.plus(FOR_EVER) : now)
			.orElse(null);
		if (next != null) {
			this.claim = next;
			this.page.begin(now);
			this.lease.from(asked);
		}
		else if (this.parts.blocks().allDone(editionId)) {
			turn.state = Turn.State.FINISHED;
		}
		else if (this.parts.statusOf(editionId) != EditionStatus.SENDING) {
			turn.state = Turn.State.HELD;
		}
		else {
			// Others hold the rest, or it waits for its deferred readers.
			this.passage.rest();
			pause(end);
		}
	}

	/** An edition was halted, perhaps this one: what is in hand is read anew. */
	private void lookAgain(Blocks.Claim current, Turn turn) {
		this.page.dropAll(this.clock.instant());
		nextPage(current, turn);
	}

	private void nextPage(Blocks.Claim current, Turn turn) {
		this.unwritten.join();
		this.halts = this.parts.halts().count();
		this.parts.settlement().suppressPast(current.editionId());
		EditionStatus status = this.parts.statusOf(current.editionId());
		Instant now = this.clock.instant();
		if (status == EditionStatus.CANCELLED) {
			turn.skipped += this.parts.ledger().giveUp(current, now, "The edition was cancelled");
			end(current, now);
		}
		else if (status != EditionStatus.SENDING) {
			turn.state = Turn.State.HELD;
		}
		else if (now.isAfter(this.messages.edition().uselessAfter())) {
			turn.skipped += this.parts.ledger().giveUp(current, now, "Too late: the edition is no longer news");
			end(current, now);
		}
		else if (!this.lease.keep(current)) {
			letGo();
		}
		else {
			this.page.read(this.parts.page(current, this.messages, this.page.lastSeq(), now));
			if (this.page.isEmpty()) {
				end(current, now);
			}
			else {
				this.passage.lookAhead(this.page.rows());
			}
		}
	}

	/** Done, unless somebody in it waits for another attempt, or for a provider. */
	private void end(Blocks.Claim current, Instant now) {
		Held held = this.page.held();
		Instant next = this.parts.ledger()
			.nextAttempt(current, held.claimedAt(), held.next(now, this.passage.othersWait()), now)
			.orElse(null);
		this.parts.blocks().release(current, next, next == null);
		this.pausedUntil = System.nanoTime() + this.page.pauseAfter().toNanos();
		letGo();
	}

	/**
	 * Where a provider takes the next message in a moment, some of the lanes wait for
	 * that; the others look for other work.
	 */
	private boolean waitsForHeld() {
		Duration wait = this.page.shortWait(this.clock.instant());
		if (wait == null || !this.passage.mayWait()) {
			this.passage.waited();
			this.page.leave();
			return false;
		}
		this.page.again();
		this.pausedUntil = System.nanoTime() + wait.toNanos();
		return true;
	}

	private void sendNext(Blocks.Claim current, Turn turn) {
		LedgerRow row = this.page.first();
		String email = row.email();
		if (row.skip() != null || email == null) {
			String reason = (row.skip() != null) ? row.skip() : "No address";
			write(this.parts.outcomes().skipped(current.editionId(), row, reason, this.clock.instant()));
			turn.skipped++;
			this.page.done();
			return;
		}
		Instant hold = this.passage.enter(email);
		if (hold != null) {
			this.page.passOver(hold, this.passage.perSecond(email));
			return;
		}
		Attempt attempt = this.passage.send(row, email, this.lease.end());
		Duration wait = this.passage.pause(attempt.result());
		if (wait != null) {
			if (Passage.mayBeOfOneMessage(attempt.result())) {
				// It is the relay's trouble as far as is known: the next reader tells
				// more.
				this.page.later(this.clock.instant().plus(wait));
			}
			waitFor(wait);
		}
		else {
			conclude(current, row, attempt, turn);
		}
	}

	private void conclude(Blocks.Claim current, LedgerRow row, Attempt attempt, Turn turn) {
		Judgement judged = this.parts.outcomes().of(current.editionId(), row, attempt, this.clock.instant());
		write(judged.outcome());
		turn.count(judged.outcome());
		this.page.done();
		if (judged.hold() != null) {
			this.unwritten.join();
			this.parts.hold(current.editionId(), judged.hold());
			turn.state = Turn.State.HELD;
		}
	}

	/** Goes on with a page read anew. */
	private void waitFor(Duration wait) {
		this.page.drop(this.clock.instant());
		this.pausedUntil = System.nanoTime() + wait.toNanos();
	}

	/** At most one outcome is unwritten at any time. */
	private void write(Outcome outcome) {
		this.unwritten.join();
		this.unwritten = this.parts.writer().submit(outcome);
		if (outcome.unclear()) {
			this.unwritten.join();
		}
	}

	private void letGo() {
		this.claim = null;
		this.page.letGo();
		this.passage.waited();
	}

	private void pause(long end) {
		LockSupport.parkNanos(Math.min(TimeUnit.MILLISECONDS.toNanos(250), Math.max(end - System.nanoTime(), 1)));
	}

}
