package dev.postrider.mail.relay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

import dev.postrider.Masked;
import dev.postrider.mail.RelayRecovered;
import dev.postrider.mail.RelayStatus.State;
import dev.postrider.mail.RelayUnreachable;
import dev.postrider.mail.SmtpReply;
import dev.postrider.mail.SmtpReply.Stage;
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

	/** What failed no message for so long is believed when it lets us in. */
	private static final Duration SETTLED = Duration.ofMinutes(10);

	/** After so long whoever tries it is taken to hang, and another may. */
	private static final Duration LONGEST_TRY = Duration.ofMinutes(1);

	private final String relay;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	/** Monotonic. */
	private final LongSupplier nanoTime;

	private volatile Known known = new Known(State.UNTRIED, null, null);

	/** By the monotonic clock. */
	private volatile long lastAnswer;

	private long lastFailure;

	private long nextTry;

	/** In a row, so far; a relay that is well has none. */
	private volatile int failures;

	/** Where it failed last. */
	private Stage failedAt = Stage.CONNECT;

	private boolean trying;

	private long tryingSince;

	private final InVain inVain = new InVain();

	Breaker(String relay, Clock clock, ApplicationEventPublisher events, LongSupplier nanoTime) {
		this.relay = relay;
		this.clock = clock;
		this.events = events;
		this.nanoTime = nanoTime;
		this.lastAnswer = nanoTime.getAsLong();
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
			if (this.known.state() != State.DOWN) {
				return true;
			}
			long now = this.nanoTime.getAsLong();
			boolean isTried = this.trying && now - this.tryingSince < LONGEST_TRY.toNanos();
			if (isTried || now - this.nextTry < 0) {
				return false;
			}
			this.trying = true;
			this.tryingSince = now;
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

	/** It answered about a message. */
	void answered() {
		this.lastAnswer = this.nanoTime.getAsLong();
		if (this.known.state() == State.ANSWERS && this.failures == 0) {
			return;
		}
		this.failures = 0;
		recovered();
	}

	/**
	 * It let us in, which is no answer about a message: who took connections and refused
	 * all mail may do so still, and who fails again is left alone for longer.
	 */
	void loggedIn() {
		this.lastAnswer = this.nanoTime.getAsLong();
		synchronized (this) {
			boolean lately = this.nanoTime.getAsLong() - this.lastFailure < SETTLED.toNanos();
			if (this.known.state() == State.DOWN && this.failedAt.compareTo(Stage.AUTH) > 0 && lately) {
				this.trying = false;
				return;
			}
		}
		recovered();
	}

	private void recovered() {
		synchronized (this) {
			boolean wasDown = this.known.state() == State.DOWN;
			this.known = new Known(State.ANSWERS, null, null);
			this.trying = false;
			if (!wasDown) {
				return;
			}
		}
		logger.info("Relay {} answers again", this.relay);
		this.events.publishEvent(new RelayRecovered(this.relay));
	}

	/** It took a message, or refused it properly: they get through. */
	void tookMessage() {
		this.inVain.none();
		answered();
	}

	/**
	 * It failed with one message, in a session that stood until then.
	 * @param message which one; the same number whenever it is tried
	 * @param answer what it said, or what happened
	 * @param begun when it was asked, by {@link System#nanoTime()}
	 * @return whether it fails with others too, so that it is its own trouble
	 */
	boolean failedWith(int message, SmtpReply answer, long begun) {
		switch (this.inVain.with(message)) {
			case ITS_OWN -> {
				failed(answer, begun);
				return true;
			}
			case OF_A_KNOWN_MESSAGE -> notTried();
			case OF_A_MESSAGE -> loggedIn();
		}
		return false;
	}

	/**
	 * It failed. Where it has answered others since, that was about this one connection:
	 * one too many, say. Where others have failed since, it is no news.
	 * @param answer what it said, or what happened; it may name readers
	 * @param begun when it was asked, by {@link System#nanoTime()}
	 * @return whether that is the relay's trouble
	 */
	boolean failed(SmtpReply answer, long begun) {
		String reason = Masked.in(answer.text());
		synchronized (this) {
			boolean wasDown = this.known.state() == State.DOWN;
			long toldSince = wasDown ? this.lastFailure : this.lastAnswer;
			if (this.known.state() != State.UNTRIED && toldSince - begun > 0) {
				return wasDown;
			}
			this.lastFailure = this.nanoTime.getAsLong();
			this.known = new Known(State.DOWN, reason, wasDown ? this.known.since() : this.clock.instant());
			this.trying = false;
			this.failedAt = answer.stage();
			this.nextTry = this.lastFailure + pause(this.failures);
			this.failures = this.failures + 1;
			if (wasDown) {
				return true;
			}
		}
		logger.warn("Relay {} does not answer: {}. Mail takes another one or waits", this.relay, reason);
		this.events.publishEvent(new RelayUnreachable(this.relay, reason));
		return true;
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
