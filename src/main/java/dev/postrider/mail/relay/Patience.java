package dev.postrider.mail.relay;

import java.time.Duration;

import dev.postrider.mail.MailProperties;

/**
 * How long a relay is waited for (RFC 5321 4.5.3.2). One that hangs shows it early; after
 * the message it is given long, for it may have it, and who gives up then sends it twice.
 *
 * @param greeting for the greeting and each reply until we are logged in
 * @param opening for all of that together
 * @param envelope for each reply before the message
 * @param message for the reply to the message; and for those that a relay may keep until
 * it has read the message too, which went out with it (RFC 2920 3.2)
 * @param whole for one message, from opening the connection to the last reply
 */
record Patience(Duration greeting, Duration opening, Duration envelope, Duration message, Duration whole) {

	static Patience of(MailProperties mail) {
		Duration message = mail.readTimeout();
		Duration greeting = shorter(mail.greetingTimeout(), message);
		Duration whole = mail.longestTry();
		return new Patience(greeting, shorter(mail.connectTimeout().plus(greeting.multipliedBy(2)), whole),
				shorter(mail.envelopeTimeout(), message), message, whole);
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

}
