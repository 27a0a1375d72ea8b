package dev.postrider.mail;

/**
 * What came of handing a message to a relay: an ordinary value, since every one of these
 * is expected. Whose fault it was decides what follows.
 */
public sealed interface SendResult {

	/** The relay's words, or ours where it said nothing. */
	String reply();

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
	 * @param code the SMTP reply code
	 * @param reply its answer
	 */
	record AddressRefused(int code, String reply) implements SendResult {

		/** Whether trying again is no use (RFC 5321 4.2.1). */
		public boolean permanent() {
			return this.code >= 500;
		}

	}

	/**
	 * The message or its sender was refused, at MAIL, DATA or after it.
	 *
	 * @param code the SMTP reply code
	 * @param reply its answer
	 */
	record MessageRefused(int code, String reply) implements SendResult {

		/** Whether trying again is no use (RFC 5321 4.2.1). */
		public boolean permanent() {
			return this.code >= 500;
		}

	}

	/**
	 * The relay could not be reached, closed the connection, or failed before it had the
	 * whole message. The reader has no part in it.
	 *
	 * @param reply what happened
	 */
	record RelayFailed(String reply) implements SendResult {
	}

	/**
	 * The connection was lost after the whole message went out and before the answer
	 * came: the relay may have it (RFC 1047).
	 *
	 * @param reply what happened
	 */
	record Unclear(String reply) implements SendResult {
	}

}
