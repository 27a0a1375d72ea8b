package dev.postrider.story.feed;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import dev.postrider.story.SourceException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Politeness: whatever wants something of a host, a feed, an article or a picture, asks
 * it after the other requests of this process, and not before it had a pause.
 */
@Component
class HostTurns {

	/** Hosts to remember before those left in peace for long enough are forgotten. */
	private static final int MANY = 500;

	private final Map<String, Turn> turns = new HashMap<>();

	private final long gap;

	private final Duration patience;

	HostTurns(StorySettings settings) {
		this.gap = settings.hostGap().toNanos();
		this.patience = settings.roundTimeout();
	}

	/**
	 * Waits for a turn. End it, whatever came of the request.
	 * @param host as it stands in an address
	 * @throws SourceException when others keep the host busy for too long
	 */
	Turn take(String host) {
		Turn turn = wanted(host.toLowerCase(Locale.ROOT));
		boolean taken = false;
		try {
			taken = turn.lock.tryLock(this.patience.toNanos(), TimeUnit.NANOSECONDS);
			if (!taken) {
				throw new SourceException("%s was still answering other requests of ours after %d seconds"
					.formatted(host, this.patience.toSeconds()));
			}
			turn.rest();
			return turn;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			if (taken) {
				turn.lock.unlock();
			}
			taken = false;
			throw new SourceException("Interrupted while waiting for %s".formatted(host), ex);
		}
		finally {
			if (!taken) {
				turn.leave();
			}
		}
	}

	private synchronized Turn wanted(String host) {
		if (this.turns.size() > MANY) {
			this.turns.values().removeIf(Turn::isForgettable);
		}
		Turn turn = this.turns.computeIfAbsent(host, (name) -> new Turn());
		turn.wanted++;
		return turn;
	}

	/** How many hosts are remembered. */
	synchronized int known() {
		return this.turns.size();
	}

	/** The right to ask one host; ends with {@link #end}. */
	final class Turn {

		private final ReentrantLock lock = new ReentrantLock(true);

		private int wanted;

		private @Nullable Long lastEnd;

		private void rest() throws InterruptedException {
			Long last = this.lastEnd;
			if (last != null) {
				TimeUnit.NANOSECONDS.sleep(last + HostTurns.this.gap - System.nanoTime());
			}
		}

		private void leave() {
			synchronized (HostTurns.this) {
				this.wanted--;
			}
		}

		private boolean isForgettable() {
			Long last = this.lastEnd;
			return this.wanted == 0 && (last == null || System.nanoTime() - last > HostTurns.this.gap);
		}

		void end() {
			this.lastEnd = System.nanoTime();
			this.lock.unlock();
			leave();
		}

	}

}
