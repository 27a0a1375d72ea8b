package dev.postrider.mail;

/**
 * One connection to a relay, for one thread, kept open from message to message and opened
 * anew when it must be.
 */
public interface RelayConnection extends AutoCloseable {

	/**
	 * Hands one message over.
	 * @param envelopeSender where bounces go, a bare address; empty for the null
	 * reverse-path
	 * @param recipient a bare address
	 * @param message lines ended by CRLF; signed here, where its sender's domain has a
	 * key
	 * @return what came of it; nothing is thrown for what SMTP may answer
	 */
	SendResult send(String envelopeSender, String recipient, byte[] message);

	/** Says goodbye to the relay. */
	@Override
	void close();

}
