package dev.postrider.mail.provider;

import java.time.Duration;
import java.time.Instant;

import dev.postrider.Masked;
import org.jspecify.annotations.Nullable;

/**
 * How far a provider is slowed: a pause, then half of what it got before, doubled in good
 * time until all is as it was.
 *
 * @param pausedUntil nothing is sent before
 * @param level which pause in a row it is
 * @param perSecond messages a second after it
 * @param fullRate what went before the first pause
 * @param reason the provider's words
 * @param changedAt when this was found
 * @param version how often it was changed, over all processes
 */
record BackOff(Instant pausedUntil, int level, double perSecond, double fullRate, String reason, Instant changedAt,
		int version) {

	private static final double SLOWEST = 0.2;

	private static final int LONGEST_REASON = 300;

	BackOff {
		reason = Masked.in(reason);
		reason = reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
	}

	/**
	 * What follows from one more word that it is too much.
	 * @param known how it is slowed already
	 * @param rate what it was sent of late, messages a second
	 * @param jitter 0 to 1
	 */
	static BackOff after(@Nullable BackOff known, double rate, String reason, Instant now,
			ProviderSettings.BackOff settings, double jitter) {
		int level = (known != null) ? known.level + 1 : 1;
		Duration doubled = settings.first().multipliedBy(1L << Math.min(level - 1, 20));
		Duration pause = (doubled.compareTo(settings.longest()) < 0) ? doubled : settings.longest();
		double before = (known != null) ? Math.min(known.perSecond, Math.max(rate, SLOWEST)) : Math.max(rate, 1);
		return new BackOff(now.plusMillis((long) (pause.toMillis() * (1 + jitter / 5))), level,
				Math.max(before / 2, SLOWEST), (known != null) ? known.fullRate : before, reason, now,
				(known != null) ? known.version + 1 : 1);
	}

	/** Two processes were told at the same time. */
	BackOff with(BackOff other) {
		return new BackOff(other.pausedUntil.isAfter(this.pausedUntil) ? other.pausedUntil : this.pausedUntil,
				Math.max(this.level, other.level), Math.min(this.perSecond, other.perSecond),
				Math.max(this.fullRate, other.fullRate), this.reason, this.changedAt,
				Math.max(this.version, other.version) + 1);
	}

	/**
	 * A little faster, after a while of peace.
	 * @return {@code null}: as it was before the first pause
	 */
	@Nullable BackOff recovered(Instant now) {
		boolean whole = this.perSecond * 2 >= this.fullRate && this.level <= 1;
		return whole ? null : new BackOff(this.pausedUntil, Math.max(this.level - 1, 1), this.perSecond * 2,
				this.fullRate, this.reason, now, this.version + 1);
	}

	/** Whether a while of peace has gone by since the pause and the last change. */
	boolean mayRecover(Instant now, Duration recovery) {
		Instant calm = now.minus(recovery);
		return calm.isAfter(this.pausedUntil) && calm.isAfter(this.changedAt);
	}

}
