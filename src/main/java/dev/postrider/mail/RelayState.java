package dev.postrider.mail;

import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Whether a relay answers, told once at each change.
 */
final class RelayState {

	private static final Logger logger = LoggerFactory.getLogger(RelayState.class);

	private final AtomicBoolean reachable = new AtomicBoolean(true);

	private final String relay;

	private final ApplicationEventPublisher events;

	RelayState(String relay, ApplicationEventPublisher events) {
		this.relay = relay;
		this.events = events;
	}

	void answered() {
		if (this.reachable.compareAndSet(false, true)) {
			logger.info("Relay {} answers again", this.relay);
			this.events.publishEvent(new RelayRecovered(this.relay));
		}
	}

	void failed(String reason) {
		if (this.reachable.compareAndSet(true, false)) {
			logger.warn("Relay {} does not answer: {}. Mail waits and is tried again", this.relay, reason);
			this.events.publishEvent(new RelayUnreachable(this.relay, reason));
		}
	}

}
