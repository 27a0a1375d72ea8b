package dev.postrider.mail;

/**
 * Whom mails to the staff come from.
 *
 * @param sender name and address
 */
public record SystemSender(Outbox.Sender sender) {
}
