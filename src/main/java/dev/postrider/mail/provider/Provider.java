package dev.postrider.mail.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import dev.postrider.mail.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * One provider as this process knows it. What happens with every message takes no lock.
 */
final class Provider {

	/** So many answers make known how fast it is. */
	private static final int KNOWN_AFTER = 3;

	/**
	 * So many of the last ten answers speak against us as clearly as one that says so.
	 */
	private static final int SIGNS = 5;

	private static final int LAST_TEN = (1 << 10) - 1;

	private static final double WEIGHT = 0.1;

	/** A message held back for another's sake is worth asking for again after it. */
	private static final Duration CROWDED = Duration.ofSeconds(1);

	private final String name;

	private final ProviderSettings.Limit limit;

	private final ProviderSettings.BackOff settings;

	private final AtomicInteger inFlight = new AtomicInteger();

	private final Pace ownPace = new Pace();

	private final Pace setPace = new Pace();

	private final LongAdder accepted = new LongAdder();

	private volatile int answers;

	/** Weighted, of late. */
	private volatile double nanos;

	/** The last answers, a bit each: whether it spoke against us. */
	private volatile int signs;

	private volatile double rate;

	private long counted;

	private long countedAt = System.nanoTime();

	private volatile @Nullable BackOff backOff;

	private volatile boolean changed;

	Provider(String name, ProviderSettings settings) {
		this.name = name;
		this.limit = settings.providers().getOrDefault(name, ProviderSettings.NONE);
		this.settings = settings.backOff();
	}

	String name() {
		return this.name;
	}

	/**
	 * Lets a message in.
	 * @param lanes of this process
	 * @param others whether other providers' readers wait
	 * @return {@code null}: it may go; else when to ask again
	 */
	@Nullable Instant enter(Instant now, int lanes, boolean others) {
		BackOff slowed = this.backOff;
		// A pause that is longer than any is one that a clock set back has made.
		if (slowed != null && now.isBefore(slowed.pausedUntil())
				&& now.plus(this.settings.longest().multipliedBy(2)).isAfter(slowed.pausedUntil())) {
			return slowed.pausedUntil();
		}
		if (this.inFlight.incrementAndGet() > room(lanes, others)) {
			this.inFlight.decrementAndGet();
			return now.plus(CROWDED);
		}
		long wait = (slowed != null) ? this.ownPace.take(slowed.perSecond()) : 0;
		if (wait == 0 && this.limit.perSecond() != null) {
			wait = this.setPace.take(this.limit.perSecond());
		}
		if (wait > 0) {
			this.inFlight.decrementAndGet();
			return now.plusNanos(wait);
		}
		return null;
	}

	private int room(int lanes, boolean others) {
		int room = (this.limit.connections() != null) ? this.limit.connections() : Integer.MAX_VALUE;
		boolean unknown = this.answers < KNOWN_AFTER;
		if (!others && !unknown) {
			return room;
		}
		boolean slow = unknown || this.nanos > this.settings.slowAfter().toNanos();
		// A fast one may become slow with a message of it in every lane.
		int share = slow ? (int) (lanes * this.settings.slowShare()) : lanes - (lanes + 4) / 8;
		return Math.min(room, Math.max(share, 1));
	}

	/** The message went, or failed for a reason that is not the provider's. */
	void leave(long tookNanos, boolean wasAccepted) {
		answered(tookNanos);
		if (wasAccepted) {
			this.accepted.increment();
			if (this.signs != 0) {
				sign(0);
			}
		}
	}

	/**
	 * The message was refused.
	 * @return whether the provider is slowed by that
	 */
	boolean leave(long tookNanos, Verdict verdict, String reply, Instant now) {
		answered(tookNanos);
		if (verdict.fault() != Verdict.Fault.PROVIDER) {
			return false;
		}
		boolean plain = verdict.kind() == Verdict.Kind.RATE_LIMITED && !verdict.permanent();
		if (!plain && Integer.bitCount(sign(1)) < SIGNS) {
			return false;
		}
		return slow(reply, now);
	}

	private synchronized boolean slow(String reply, Instant now) {
		BackOff known = this.backOff;
		if (known != null && now.isBefore(known.pausedUntil())) {
			// Answers to what was under way when the pause began.
			return false;
		}
		measure();
		this.signs = 0;
		this.backOff = BackOff.after(known, this.rate, reply, now, this.settings,
				ThreadLocalRandom.current().nextDouble());
		this.changed = true;
		return true;
	}

	private void answered(long tookNanos) {
		this.inFlight.decrementAndGet();
		int known = this.answers;
		// Lost updates do no harm: it is an estimate.
		this.nanos = (known == 0) ? tookNanos : this.nanos * (1 - WEIGHT) + tookNanos * WEIGHT;
		if (known < KNOWN_AFTER) {
			this.answers = known + 1;
		}
	}

	private synchronized int sign(int against) {
		this.signs = (this.signs << 1 | against) & LAST_TEN;
		return this.signs;
	}

	/** Some seconds later: how much goes, and whether it may be more again. */
	synchronized void tick(Instant now) {
		measure();
		BackOff slowed = this.backOff;
		if (slowed != null && slowed.mayRecover(now, this.settings.recovery())) {
			this.backOff = slowed.recovered(now);
			this.changed = true;
		}
	}

	private void measure() {
		long now = System.nanoTime();
		long sum = this.accepted.sum();
		double seconds = (now - this.countedAt) / (double) TimeUnit.SECONDS.toNanos(1);
		if (seconds > 1) {
			this.rate = (sum - this.counted) / seconds;
			this.counted = sum;
			this.countedAt = now;
		}
	}

	@Nullable BackOff backOff() {
		return this.backOff;
	}

	/** Whether other processes do not know yet. */
	boolean isChanged() {
		return this.changed;
	}

	/** All processes know. */
	synchronized void saved(@Nullable BackOff known) {
		if (this.backOff == known) {
			this.changed = false;
		}
	}

	/** What another process found. */
	synchronized void learn(@Nullable BackOff found) {
		BackOff own = this.backOff;
		if (this.changed && own != null && found != null) {
			this.backOff = own.with(found);
		}
		else if (!this.changed || own == null) {
			this.backOff = found;
			this.changed = false;
		}
	}

	int inFlight() {
		return this.inFlight.get();
	}

	double seconds() {
		return this.nanos / TimeUnit.SECONDS.toNanos(1);
	}

	@Nullable Double perSecond() {
		BackOff slowed = this.backOff;
		Double set = this.limit.perSecond();
		if (slowed == null) {
			return set;
		}
		return (set != null) ? Math.min(set, slowed.perSecond()) : Double.valueOf(slowed.perSecond());
	}

	/** Whether there is anything to tell of it. */
	boolean isOfNote() {
		return this.backOff != null || this.inFlight.get() > 0 || this.rate > 0 || this.limit != ProviderSettings.NONE;
	}

}
