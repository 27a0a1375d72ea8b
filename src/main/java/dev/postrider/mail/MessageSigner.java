package dev.postrider.mail;

/**
 * Signs messages as they leave, so that receivers know who answers for them (DKIM, RFC
 * 6376). One for all threads.
 */
public interface MessageSigner {

	/** Signs nothing: for where the relay does. */
	MessageSigner NONE = new MessageSigner() {

		@Override
		public byte[] sign(byte[] message) {
			return message;
		}

		@Override
		public boolean signs(String domain) {
			return false;
		}

	};

	/**
	 * Puts the signatures of the domain in {@code From} before the message. From then on
	 * nothing of it may change.
	 * @param message as it goes out, lines ended by CRLF
	 * @return the signed message, or the one given where its domain has no key
	 */
	byte[] sign(byte[] message);

	/**
	 * Whether messages from this domain are signed here; otherwise that is the relay's
	 * affair.
	 * @param domain what follows the "@" in {@code From}
	 */
	boolean signs(String domain);

}
