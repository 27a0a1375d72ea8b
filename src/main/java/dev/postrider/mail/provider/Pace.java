package dev.postrider.mail.provider;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Evenly spaced turns, so many a second. Takes no lock.
 */
final class Pace {

	/** Turns not taken may be made up for so long. */
	private static final long SLACK = TimeUnit.MILLISECONDS.toNanos(250);

	private final AtomicLong next = new AtomicLong(System.nanoTime());

	/**
	 * Takes a turn.
	 * @return 0, or how many nanoseconds are left until one is free; then none is taken
	 */
	long take(double perSecond) {
		long interval = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
		while (true) {
			long due = this.next.get();
			long now = System.nanoTime();
			if (due - now > 0) {
				return due - now;
			}
			long from = (due - (now - SLACK) > 0) ? due : now - SLACK;
			if (this.next.compareAndSet(due, from + interval)) {
				return 0;
			}
		}
	}

}
