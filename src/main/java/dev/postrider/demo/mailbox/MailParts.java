package dev.postrider.demo.mailbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;

/**
 * What a mail program would show of a mail.
 *
 * @param html the HTML part
 * @param text the plain part
 * @param headers all headers in their order, unfolded and decoded
 */
record MailParts(Optional<String> html, Optional<String> text, List<Field> headers) {

	/** Takes a mail apart. */
	static MailParts of(byte[] source) {
		try {
			MimeMessage message = new MimeMessage(null, new ByteArrayInputStream(source));
			return new MailParts(find(message, "text/html"), find(message, "text/plain"),
					Collections.list(message.getAllHeaders()).stream().map(MailParts::field).toList());
		}
		catch (MessagingException ex) {
			throw new IllegalStateException("A mail of the mailbox cannot be read", ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Optional<String> find(Part part, String type) throws MessagingException, IOException {
		if (part.isMimeType(type)) {
			Object content = part.getContent();
			return Optional.of((content instanceof String string) ? string
					: new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
		}
		if (part.getContent() instanceof Multipart parts) {
			for (int i = 0; i < parts.getCount(); i++) {
				Optional<String> found = find(parts.getBodyPart(i), type);
				if (found.isPresent()) {
					return found;
				}
			}
		}
		return Optional.empty();
	}

	private static Field field(Header header) {
		try {
			return new Field(header.getName(), MimeUtility.decodeText(MimeUtility.unfold(header.getValue())));
		}
		catch (IOException ex) {
			return new Field(header.getName(), header.getValue()); // an encoding unknown
																	// here
		}
	}

	/**
	 * A header.
	 *
	 * @param name such as {@code Subject}
	 * @param value unfolded and decoded
	 */
	public record Field(String name, String value) {
	}

}
