package dev.postrider.newsletter;

/**
 * Something a newsletter keeps about its readers beyond address and name; a field of its
 * mails, such as {@code ${reader.memberSince}}.
 *
 * @param name its key in templates and files
 * @param label what it is called on pages
 * @param fallback what stands in the mail of a reader of whom it is not known; may be
 * empty
 */
public record Attribute(String name, String label, String fallback) {
}
