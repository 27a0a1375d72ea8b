package dev.postrider.mail.relay;

import java.time.Clock;
import java.time.Instant;

import dev.postrider.mail.RelayRecovered;
import dev.postrider.mail.RelayStatus.State;
import dev.postrider.mail.RelayUnreachable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Whether a relay answers, told once at each change.
 */
final class Breaker {

	private static final Logger logger = LoggerFactory.getLogger(Breaker.class);

	private final String relay;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	private volatile Known known = new Known(State.UNTRIED, null, null);

	Breaker(String relay, Clock clock, ApplicationEventPublisher events) {
		this.relay = relay;
		this.clock = clock;
		this.events = events;
	}

	Known known() {
		return this.known;
	}

	void answered() {
		if (this.known.state() == State.ANSWERS) {
			return;
		}
		synchronized (this) {
			boolean wasDown = this.known.state() == State.DOWN;
			this.known = new Known(State.ANSWERS, null, null);
			if (!wasDown) {
				return;
			}
		}
		logger.info("Relay {} answers again", this.relay);
		this.events.publishEvent(new RelayRecovered(this.relay));
	}

	void failed(String reason) {
		synchronized (this) {
			boolean wasDown = this.known.state() == State.DOWN;
			this.known = new Known(State.DOWN, reason, wasDown ? this.known.since() : this.clock.instant());
			if (wasDown) {
				return;
			}
		}
		logger.warn("Relay {} does not answer: {}. Mail waits and is tried again", this.relay, reason);
		this.events.publishEvent(new RelayUnreachable(this.relay, reason));
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
