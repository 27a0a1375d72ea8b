package dev.postrider.mail;

import java.time.Duration;

/**
 * What came of handing a message to a relay: an ordinary value, since every one of these
 * is expected. Whose fault it was decides what follows.
 */
public sealed interface SendResult {

	/** The relay's words, or ours where it said nothing. */
	String reply();

	/**
	 * A refusal, as the one to whom it belongs will take it.
	 * @param answer what the relay said, from 400 on, or that it said nothing
	 * @return the relay's failure where it is the relay's fault, else a refusal of the
	 * address or the message
	 */
	static SendResult refused(SmtpReply answer) {
		if (ReplyClassifier.classify(answer).fault() == Verdict.Fault.RELAY) {
			return new RelayFailed(answer);
		}
		return (answer.stage() == SmtpReply.Stage.RCPT) ? new AddressRefused(answer) : new MessageRefused(answer);
	}

	/**
	 * The same, taken by whom it belongs to: a relay closes a connection for a provider's
	 * rules too, and refuses a reader when it is itself that has no room.
	 */
	static SendResult rightly(SendResult result) {
		SmtpReply answer = (result instanceof AddressRefused address) ? address.answer()
				: (result instanceof MessageRefused message) ? message.answer()
						: (result instanceof RelayFailed relay) ? relay.answer() : null;
		return (answer != null && answer.code() >= 400) ? refused(answer) : result;
	}

	/**
	 * The relay answered 250 after the message: it is the relay's now.
	 *
	 * @param reply its answer
	 */
	record Accepted(String reply) implements SendResult {
	}

	/**
	 * The address was refused, at RCPT.
	 *
	 * @param answer what it said
	 */
	record AddressRefused(SmtpReply answer) implements SendResult {

		@Override
		public String reply() {
			return this.answer.text();
		}

		/** Whether trying again is no use (RFC 5321 4.2.1). */
		public boolean permanent() {
			return this.answer.permanent();
		}

	}

	/**
	 * The message or its sender was refused, at MAIL, DATA or after it.
	 *
	 * @param answer what it said
	 */
	record MessageRefused(SmtpReply answer) implements SendResult {

		@Override
		public String reply() {
			return this.answer.text();
		}

		/** Whether trying again is no use (RFC 5321 4.2.1). */
		public boolean permanent() {
			return this.answer.permanent();
		}

	}

	/**
	 * The relay could not be reached, closed the connection, or failed before it had the
	 * whole message. The reader has no part in it.
	 *
	 * @param answer what it said, or what happened
	 * @param ofThisMessage whether it fails with this message while it takes others, so
	 * that trying it again at once is no use
	 */
	record RelayFailed(SmtpReply answer, boolean ofThisMessage) implements SendResult {

		/** It fails with all of them, as far as is known. */
		public RelayFailed(SmtpReply answer) {
			this(answer, false);
		}

		@Override
		public String reply() {
			return this.answer.text();
		}

	}

	/**
	 * The connection was lost after the whole message went out and before the answer
	 * came: the relay may have it (RFC 1047).
	 *
	 * @param reply what happened
	 */
	record Unclear(String reply) implements SendResult {
	}

	/**
	 * Every relay that answers is at its limit. Nothing was begun, and nobody is at
	 * fault.
	 *
	 * @param pause how long until one of them may take more
	 * @param reply which limit it is
	 */
	record NotNow(Duration pause, String reply) implements SendResult {
	}

}
