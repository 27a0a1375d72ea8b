package dev.postrider.subscription;

/**
 * Published, inside the transaction, when a reader has verified an address and so become
 * subscribed to a newsletter, or joins another one with an address verified before.
 * Taking back an unsubscription does not publish it, nor does an import.
 *
 * @param subscriberId who
 * @param newsletterId which
 */
public record SubscriptionConfirmed(long subscriberId, long newsletterId) {
}
