package dev.postrider.mail.relay;

import java.time.Duration;

import dev.postrider.mail.relay.RelayUse.Grant;
import org.jspecify.annotations.Nullable;

/**
 * This process's share of a relay's limits. Editions take it in small batches so that the
 * database is not asked for each message; single mails, of which there are few, one by
 * one, for what they may use is not for editions. All times are of the monotonic clock.
 */
final class Allowance {

	/**
	 * A slot that is missed by more is given up, or the next second would get too many.
	 */
	private static final long LATE = Duration.ofMillis(50).toNanos();

	/** What was refused is asked for again after so long, for others may give back. */
	private static final long LONGEST_REFUSAL = Duration.ofSeconds(30).toNanos();

	private final String relay;

	private final Limits limits;

	private final RelayUse use;

	/** The batch of editions. */
	private @Nullable Grant grant;

	/** What single mails took last. */
	private @Nullable Grant single;

	/** Of the batch. */
	private int left;

	private long nextSlot;

	private long validUntil;

	private final Refusal editions = new Refusal();

	private final Refusal singles = new Refusal();

	Allowance(String relay, Limits limits, RelayUse use) {
		this.relay = relay;
		this.limits = limits;
		this.use = use;
	}

	/**
	 * Takes one message.
	 * @param single whether the reserve for single mails may be used
	 * @return when it may go, or how long to wait
	 */
	synchronized Permit take(boolean single) {
		long now = System.nanoTime();
		return single ? takeSingle(now) : takeOfBatch(now);
	}

	private Permit takeSingle(long now) {
		if (this.singles.until - now > 0) {
			return this.singles.permit(now);
		}
		Grant granted = this.use.take(this.relay, this.limits, true);
		long answered = System.nanoTime();
		if (granted.messages() == 0) {
			this.singles.from(answered, granted);
			return this.singles.permit(now);
		}
		this.single = granted;
		return new Permit(answered + granted.pause().toNanos(), null, "");
	}

	private Permit takeOfBatch(long now) {
		dropLate(now);
		if (this.left == 0) {
			if (this.editions.until - now > 0) {
				return this.editions.permit(now);
			}
			refill();
			if (this.left == 0) {
				return this.editions.permit(now);
			}
		}
		this.left--;
		long slot = this.nextSlot;
		this.nextSlot += (this.grant != null) ? this.grant.gap().toNanos() : 0;
		return new Permit(slot, null, "");
	}

	/** A message was not sent after all. */
	synchronized void giveBackOne(boolean single) {
		Grant taken = single ? this.single : this.grant;
		if (taken != null && this.limits.countWindows()) {
			this.use.giveBack(this.relay, taken, 1);
		}
	}

	/** Nobody here sends to this relay any more. */
	synchronized void giveBackAll() {
		int unused = this.left;
		this.left = 0;
		if (unused > 0 && this.grant != null && this.limits.countWindows()) {
			this.use.giveBack(this.relay, this.grant, unused);
		}
	}

	private void refill() {
		long asked = System.nanoTime();
		Grant granted = this.use.take(this.relay, this.limits, false);
		long answered = System.nanoTime();
		if (granted.messages() == 0) {
			this.editions.from(answered, granted);
			return;
		}
		this.grant = granted;
		this.left = granted.messages();
		// Rather late than early.
		this.nextSlot = answered + granted.pause().toNanos();
		// Rather early than late.
		this.validUntil = asked + granted.valid().toNanos();
	}

	/**
	 * What the hour or day is over for, and slots that were missed, as by a process that
	 * was frozen.
	 */
	private void dropLate(long now) {
		Grant current = this.grant;
		if (this.left == 0 || current == null) {
			return;
		}
		if (now - this.validUntil >= 0) {
			giveBackAll();
			return;
		}
		long gap = current.gap().toNanos();
		int missed = 0;
		while (gap > 0 && missed < this.left && now - this.nextSlot > LATE) {
			this.nextSlot += gap;
			missed++;
		}
		if (missed > 0) {
			this.left -= missed;
			if (this.limits.countWindows()) {
				this.use.giveBack(this.relay, current, missed);
			}
		}
	}

	/**
	 * Leave to send one message.
	 *
	 * @param at when, by {@link System#nanoTime()}
	 * @param pause how long to wait before asking again; {@code null} if it may be sent
	 * @param reason why not
	 */
	record Permit(long at, @Nullable Duration pause, String reason) {
	}

	private static final class Refusal {

		private long until = System.nanoTime();

		private String reason = "";

		void from(long answered, Grant denied) {
			this.until = answered + Math.min(denied.pause().toNanos(), LONGEST_REFUSAL);
			this.reason = denied.reason();
		}

		Permit permit(long now) {
			return new Permit(0, Duration.ofNanos(Math.max(this.until - now, 1)), this.reason);
		}

	}

}
