package dev.postrider.demo.mailbox;

import java.time.Instant;
import java.util.Locale;

/**
 * A mail in the mailbox, as the list shows it.
 *
 * @param id counts up from 1
 * @param receivedAt when it came
 * @param to the address it was delivered to
 * @param from the {@code From} header, decoded
 * @param subject decoded
 * @param bytes its size
 */
public record StoredMail(long id, Instant receivedAt, String to, String from, String subject, long bytes) {

	/** Whether recipient or subject contain the words, in any case. */
	boolean matches(String words) {
		String wanted = words.toLowerCase(Locale.ROOT);
		return (this.to + " " + this.subject).toLowerCase(Locale.ROOT).contains(wanted);
	}

}
