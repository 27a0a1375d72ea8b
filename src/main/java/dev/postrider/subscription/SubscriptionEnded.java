package dev.postrider.subscription;

/**
 * Published, inside the transaction, when a reader is to get no more of a newsletter: has
 * left it, was suppressed, or had everything erased. A pause does not publish it.
 *
 * @param subscriberId who
 * @param newsletterId which
 */
public record SubscriptionEnded(long subscriberId, long newsletterId) {
}
