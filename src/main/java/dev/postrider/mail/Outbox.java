package dev.postrider.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Single mails: confirmations, invitations, problems. A mail handed in is stored in the
 * caller's transaction and leaves soon after its commit; while the relay is away it waits
 * and is tried again.
 */
public interface Outbox {

	/**
	 * Stores a mail for sending.
	 * @param mail what to send
	 * @return its number, to take it back by
	 */
	long submit(SingleMail mail);

	/**
	 * Stores a message that is encoded already.
	 * @param mail what to send
	 * @return its number, to take it back by
	 */
	long submit(WholeMail mail);

	/**
	 * Stores many at once.
	 * @param mails what to send
	 */
	void submit(List<WholeMail> mails);

	/**
	 * Which of some addresses were sent a mail of one purpose, or are to be, since a
	 * moment.
	 * @param purpose as in {@link SingleMail#purpose()}
	 * @param recipients the addresses
	 * @param since counted from here
	 */
	Set<String> recipients(String purpose, Collection<String> recipients, Instant since);

	/**
	 * When an address's mails of one purpose were handed in, since a moment; the last one
	 * first.
	 * @param purpose as in {@link SingleMail#purpose()}
	 * @param recipient the address
	 * @param since counted from here
	 */
	List<Instant> times(String purpose, String recipient, Instant since);

	/**
	 * How many mails of one purpose an address was sent, or is to be, since a moment: for
	 * caps per address.
	 * @param purpose as in {@link SingleMail#purpose()}
	 * @param recipient the address
	 * @param since counted from here
	 * @return the number
	 */
	int count(String purpose, String recipient, Instant since);

	/**
	 * Forgets an address: deletes every mail to it, sent or waiting, with what was noted.
	 * @param recipient the address, as it was written to
	 */
	void forget(String recipient);

	/**
	 * Forgets one mail, sent or waiting, with what was noted.
	 * @param mailId as {@link #submit(SingleMail)} gave it
	 */
	void forget(long mailId);

	/**
	 * Takes back a mail that waits; one that has left or was given up stays noted.
	 * @param mailId as {@link #submit(SingleMail)} gave it
	 * @return whether it will not leave now
	 */
	boolean withdraw(long mailId);

	/**
	 * A mail to one person.
	 *
	 * @param purpose what it is for, such as {@code confirm}; at most 40 ASCII characters
	 * @param sender the {@code From} header
	 * @param recipient the bare address, its domain in ASCII form
	 * @param letter subject and bodies
	 * @param usefulFor after this it is given up
	 */
	record SingleMail(String purpose, Sender sender, String recipient, Letter letter, Duration usefulFor) {
	}

	/**
	 * A message with all its headers.
	 *
	 * @param purpose what it is for; at most 40 ASCII characters
	 * @param envelopeSender where a bounce comes back to; empty for one that answers a
	 * mail by itself, which nothing may answer again (RFC 3834 3.3)
	 * @param recipient the bare address, its domain in ASCII form
	 * @param message lines ended by CRLF
	 * @param usefulFor after this it is given up
	 */
	record WholeMail(String purpose, String envelopeSender, String recipient, byte[] message, Duration usefulFor) {
	}

	/**
	 * Who a mail is from.
	 *
	 * @param name shown by mail programs
	 * @param email the bare address
	 */
	record Sender(String name, String email) {
	}

}
