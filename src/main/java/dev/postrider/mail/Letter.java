package dev.postrider.mail;

/**
 * A rendered mail: subject and the two bodies.
 *
 * @param subject plain text, one line
 * @param html a complete HTML document
 * @param text the same for readers of plain text
 */
public record Letter(String subject, String html, String text) {
}
