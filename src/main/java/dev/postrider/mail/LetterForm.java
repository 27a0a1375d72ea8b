package dev.postrider.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A single mail encoded once, of which any number of people get a copy with their own
 * values: what a confirmation costs is the writing of its bytes.
 */
public final class LetterForm {

	private final String purpose;

	private final Outbox.Sender sender;

	private final MessageTemplate template;

	/**
	 * Encodes a mail.
	 * @param purpose as in {@link Outbox.SingleMail#purpose()}
	 * @param sender the {@code From} header
	 * @param letter subject and bodies, with the tokens of fields
	 * @param fields what the tokens may name
	 * @throws IllegalArgumentException when the letter has a token of another field, or
	 * one where no value can be made safe
	 */
	public LetterForm(String purpose, Outbox.Sender sender, Letter letter, Collection<ReaderField> fields) {
		this.purpose = purpose;
		this.sender = sender;
		this.template = new MessageTemplate(List.of(Header.mailbox("From", sender.name(), sender.email()),
				Header.of("Auto-Submitted", "auto-generated"), Header.of("X-Auto-Response-Suppress", "OOF, AutoReply")),
				letter, fields);
	}

	/**
	 * One copy.
	 * @param recipient the bare address, its domain in ASCII form
	 * @param values one for each token
	 * @param now for the {@code Date}
	 * @param usefulFor after this it is given up
	 */
	public Outbox.WholeMail to(String recipient, Map<ReaderField, String> values, Instant now, Duration usefulFor) {
		String domain = this.sender.email().substring(this.sender.email().lastIndexOf('@') + 1);
		List<Header> own = List.of(Header.of("To", recipient), Header.date(now),
				Header.of("Message-ID", "<" + UUID.randomUUID() + "@" + domain + ">"));
		return new Outbox.WholeMail(this.purpose, this.sender.email(), recipient, this.template.copy(own, values),
				usefulFor);
	}

}
