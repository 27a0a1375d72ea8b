package dev.postrider.delivery.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

import dev.postrider.delivery.EditionMessages;
import dev.postrider.mail.Attempt;
import dev.postrider.mail.Providers;
import dev.postrider.mail.RelayConnection;
import dev.postrider.mail.ReplyClassifier;
import dev.postrider.mail.SendResult;
import dev.postrider.mail.SmtpReply;
import org.jspecify.annotations.Nullable;

/**
 * A lane's way to its readers: through the gate of their provider to a relay.
 */
final class Passage implements AutoCloseable {

	private static final Duration LONGEST_RELAY_PAUSE = Duration.ofSeconds(30);

	private final EditionMessages messages;

	private final RelayConnection connection;

	private final Providers.Gate gate;

	private final EditionMessages.Copies copies;

	private Duration relayPause = Duration.ZERO;

	Passage(EditionMessages messages, RelayConnection connection, Providers.Gate gate) {
		this.messages = messages;
		this.connection = connection;
		this.gate = gate;
		this.copies = messages.copies();
	}

	/** Learns whose readers come next. */
	void lookAhead(Collection<LedgerRow> page) {
		this.gate.lookAhead(Domains.of(page));
	}

	/** {@code null}: the message may be sent, and must; else when to ask again. */
	@Nullable Instant enter(String email) {
		return this.gate.enter(Domains.of(email));
	}

	/**
	 * Hands a reader's copy to a relay.
	 * @param latest after this no relay is begun with, by {@link System#nanoTime()}
	 */
	Attempt send(LedgerRow row, String email, long latest) {
		Attempt attempt = null;
		try {
			attempt = this.connection.send(this.messages.envelopeSender(row.subscriberId()), email,
					this.copies.of(row.variant(), row.reader(email)), latest);
			return attempt;
		}
		finally {
			SmtpReply refusal = (attempt != null) ? Outcomes.refusal(attempt.result()) : null;
			if (refusal != null) {
				this.gate.leave(ReplyClassifier.classify(refusal), refusal.text());
			}
			else {
				this.gate.leave(attempt != null && attempt.result() instanceof SendResult.Accepted);
			}
		}
	}

	/**
	 * How long nothing can go, whoever the reader is; {@code null} when the attempt is
	 * the reader's. Relays that fail are given longer each time.
	 */
	@Nullable Duration pause(SendResult result) {
		if (result instanceof SendResult.NotNow notNow) {
			return notNow.pause();
		}
		if (result instanceof SendResult.RelayFailed failed && !failed.ofThisMessage()) {
			Duration longer = this.relayPause.multipliedBy(2).plusMillis(500);
			this.relayPause = (longer.compareTo(LONGEST_RELAY_PAUSE) < 0) ? longer : LONGEST_RELAY_PAUSE;
			return this.relayPause;
		}
		this.relayPause = Duration.ZERO;
		return null;
	}

	/** Whether a relay that failed had got as far as the message. */
	static boolean mayBeOfOneMessage(SendResult result) {
		return result instanceof SendResult.RelayFailed failed && ReplyClassifier.mayBeOfOneMessage(failed.answer());
	}

	/**
	 * How much the reader's provider is sent a second; {@code null}: no limit is known.
	 */
	@Nullable Double perSecond(String email) {
		return this.gate.perSecond(Domains.of(email));
	}

	/** Whether other lanes wait for what a provider takes. */
	boolean othersWait() {
		return this.gate.othersWait();
	}

	boolean mayWait() {
		return this.gate.mayWait();
	}

	void waited() {
		this.gate.waited();
	}

	/** Nothing goes for a while: no relay need keep a connection open. */
	void rest() {
		this.connection.close();
	}

	@Override
	public void close() {
		this.connection.close();
		this.gate.close();
	}

}
