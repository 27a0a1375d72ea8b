package dev.postrider.desk.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;

/**
 * The parts of a whole message, decoded as a mail program does.
 *
 * @param subject decoded
 * @param html the last alternative
 * @param text the first
 */
record LookedAt(String subject, String html, String text) {

	static LookedAt of(String message) {
		try {
			MimeMessage parsed = new MimeMessage(Session.getInstance(new Properties()),
					new ByteArrayInputStream(message.getBytes(StandardCharsets.UTF_8)));
			Multipart parts = (Multipart) parsed.getContent();
			return new LookedAt(String.valueOf(parsed.getSubject()), content(parts.getBodyPart(parts.getCount() - 1)),
					content(parts.getBodyPart(0)));
		}
		catch (MessagingException | IOException ex) {
			throw new IllegalStateException("Our own message cannot be read: " + ex.getMessage(), ex);
		}
	}

	private static String content(BodyPart part) throws MessagingException, IOException {
		return String.valueOf(part.getContent());
	}

	/**
	 * The HTML as a mail program of one theme shows it, whatever the browser prefers.
	 * @param theme {@code light} or {@code dark}
	 */
	String in(String theme) {
		String other = theme.equals("dark") ? "light" : "dark";
		return this.html
			.replaceAll("(?i)@media\\s*\\(\\s*prefers-color-scheme\\s*:\\s*" + theme + "\\s*\\)", "@media all")
			.replaceAll("(?i)@media\\s*\\(\\s*prefers-color-scheme\\s*:\\s*" + other + "\\s*\\)", "@media not all")
			.replaceAll("(?i)(color-scheme\\s*:\\s*)light dark", "$1" + theme)
			.replaceAll("(?i)(name=\"color-scheme\" content=\")light dark", "$1" + theme);
	}

}
