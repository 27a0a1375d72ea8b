package dev.postrider.mail;

/**
 * The way out for one thread: connections to relays, kept open from message to message
 * and opened anew when they must be.
 */
public interface RelayConnection extends AutoCloseable {

	/**
	 * Hands one message over. A relay that fails before it has the whole message is left
	 * for the next one at once.
	 * @param envelopeSender where bounces go, a bare address; empty for the null
	 * reverse-path
	 * @param recipient a bare address
	 * @param message lines ended by CRLF; signed here, where its sender's domain has a
	 * key
	 * @return what came of it, and where; nothing is thrown for what SMTP may answer
	 */
	Attempt send(String envelopeSender, String recipient, byte[] message);

	/**
	 * The same for who has only so much time. What was begun may take
	 * {@link MailProperties#longestTry()} more.
	 * @param envelopeSender as above
	 * @param recipient as above
	 * @param message as above
	 * @param latest after this no relay is begun with, by {@link System#nanoTime()}
	 * @return what came of it; {@link SendResult.NotNow} if nothing was begun in time
	 */
	default Attempt send(String envelopeSender, String recipient, byte[] message, long latest) {
		return send(envelopeSender, recipient, message);
	}

	/** Says goodbye to the relays. The next message opens anew. */
	@Override
	void close();

}
