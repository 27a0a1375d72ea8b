package dev.postrider.mail;

/**
 * An SMTP server that accepts our mail.
 */
public interface Relay {

	/** Its name for people: host and port. */
	String name();

	/** A connection for one thread. Opening it is left to the first message. */
	RelayConnection connection();

}
