package dev.postrider.mail.relay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

import dev.postrider.mail.RelayRecovered;
import dev.postrider.mail.RelayStatus.State;
import dev.postrider.mail.RelayUnreachable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationEventPublisher;

/**
 * A circuit breaker: a relay that does not answer is left alone for a while, then one
 * message tries it again. Tells of each change once.
 */
final class Breaker {

	private static final Logger logger = LoggerFactory.getLogger(Breaker.class);

	private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

	private final String relay;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	private volatile Known known = new Known(State.UNTRIED, null, null);

	/** By the monotonic clock. */
	private volatile long lastAnswer = System.nanoTime();

	private long lastFailure;

	private long nextTry;

	private int failures;

	private boolean trying;

	Breaker(String relay, Clock clock, ApplicationEventPublisher events) {
		this.relay = relay;
		this.clock = clock;
		this.events = events;
	}

	Known known() {
		return this.known;
	}

	/** When it was last heard of, or made. */
	long lastAnswer() {
		return this.lastAnswer;
	}

	/**
	 * Whether the relay may be asked. While it does not answer, one at a time is let
	 * through after each pause, and must then say what came of it.
	 */
	boolean permits() {
		if (this.known.state() != State.DOWN) {
			return true;
		}
		synchronized (this) {
			if (this.known.state() == State.DOWN && (this.trying || System.nanoTime() - this.nextTry < 0)) {
				return false;
			}
			this.trying = this.known.state() == State.DOWN;
			return true;
		}
	}

	/** Nothing came of it: another may try. */
	void notTried() {
		if (this.known.state() == State.DOWN) {
			synchronized (this) {
				this.trying = false;
			}
		}
	}

	void answered() {
		this.lastAnswer = System.nanoTime();
		if (this.known.state() == State.ANSWERS) {
			return;
		}
		synchronized (this) {
			boolean wasDown = this.known.state() == State.DOWN;
			this.known = new Known(State.ANSWERS, null, null);
			this.failures = 0;
			this.trying = false;
			if (!wasDown) {
				return;
			}
		}
		logger.info("Relay {} answers again", this.relay);
		this.events.publishEvent(new RelayRecovered(this.relay));
	}

	/**
	 * It failed. Where it has answered others since, that was about this one connection:
	 * one too many, say. Where others have failed since, it is no news.
	 * @param reason what happened
	 * @param begun when it was asked, by {@link System#nanoTime()}
	 */
	void failed(String reason, long begun) {
		synchronized (this) {
			boolean wasDown = this.known.state() == State.DOWN;
			long toldSince = wasDown ? this.lastFailure : this.lastAnswer;
			if (this.known.state() != State.UNTRIED && toldSince - begun > 0) {
				return;
			}
			this.lastFailure = System.nanoTime();
			this.known = new Known(State.DOWN, reason, wasDown ? this.known.since() : this.clock.instant());
			this.trying = false;
			this.nextTry = this.lastFailure + pause(this.failures++);
			if (wasDown) {
				return;
			}
		}
		logger.warn("Relay {} does not answer: {}. Mail takes another one or waits", this.relay, reason);
		this.events.publishEvent(new RelayUnreachable(this.relay, reason));
	}

	/**
	 * Doubled each time, with a fifth of jitter so that processes do not return together.
	 */
	private static long pause(int failures) {
		long pause = Math.min(FIRST_PAUSE.toNanos() << Math.min(failures, 10), LONGEST_PAUSE.toNanos());
		return pause + ThreadLocalRandom.current().nextLong(pause / 5);
	}

	/**
	 * What is known of it.
	 *
	 * @param state whether it answers
	 * @param reason why it does not
	 * @param since when that began
	 */
	record Known(State state, @Nullable String reason, @Nullable Instant since) {
	}

}
