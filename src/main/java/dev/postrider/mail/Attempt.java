package dev.postrider.mail;

/**
 * What came of a message, and where.
 *
 * @param relay name of the relay that had it last; where none was asked, of the one that
 * would have been first
 * @param result what came of it
 */
public record Attempt(String relay, SendResult result) {
}
