package dev.postrider.mail;

/**
 * What a refusal means: whose fault it is decides what follows.
 *
 * @param fault whose
 * @param kind what is wrong
 * @param permanent whether trying the same again is no use
 */
public record Verdict(Fault fault, Kind kind, boolean permanent) {

	/** Whether the address must not be written to again. */
	public boolean hard() {
		return this.permanent && this.kind.hard;
	}

	/**
	 * To whom an error belongs.
	 */
	public enum Fault {

		/** The server that takes our mail: another one may do better. */
		RELAY,

		/** The reader's address or mailbox. */
		ADDRESS,

		/** What we send, or we who send it: every reader would be refused. */
		EDITION,

		/**
		 * Who keeps the reader's mailbox, and of us all: its other readers fare alike.
		 */
		PROVIDER

	}

	/**
	 * What is wrong.
	 */
	public enum Kind {

		/** There is no such mailbox. */
		UNKNOWN_USER(true),

		/** There is no such domain, or it takes no mail. */
		UNKNOWN_DOMAIN(true),

		/** The address is not written as one. */
		BAD_ADDRESS(true),

		/** The mailbox was moved and left no way. */
		MOVED(true),

		/** The mailbox is closed. */
		DISABLED(true),

		/** The mailbox is full. */
		MAILBOX_FULL(false),

		/** First contact is put off on principle. */
		GREYLISTED(false),

		/** Too much, too fast. */
		RATE_LIMITED(false),

		/** We, or our address on the network, are not wanted. */
		BLOCKED(false),

		/** The receiver's own rules, about this recipient or sender. */
		POLICY(false),

		/** SPF, DKIM, DMARC or reverse DNS do not hold; or the login with the relay. */
		AUTHENTICATION(false),

		/** Who we say we are: the envelope's sender, or its domain. */
		SENDER(false),

		/** What the message says is taken for spam, a virus or an abuse. */
		CONTENT(false),

		/** How the message is made. */
		FORMAT(false),

		/** The message is too large. */
		SIZE(false),

		/** The next server cannot be reached, or mail goes in a circle. */
		NETWORK(false),

		/** The server is not able to: busy, full, wrongly set up. */
		SYSTEM(false),

		/** It was tried for so long that it was given up. */
		EXPIRED(false),

		/** Nothing is known but whether it is for good. */
		UNDEFINED(false);

		private final boolean hard;

		Kind(boolean hard) {
			this.hard = hard;
		}

		/** Whether an address it is said of for good must not be written to again. */
		public boolean hard() {
			return this.hard;
		}

	}

}
