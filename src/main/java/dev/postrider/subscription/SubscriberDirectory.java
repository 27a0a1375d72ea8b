package dev.postrider.subscription;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The list of subscribers, for the staff. Pages are as fast at its end as at its
 * beginning, however many there are.
 */
public interface SubscriberDirectory {

	/**
	 * A page of the list: by address where an address is searched for, else the newest
	 * first.
	 * @param search whom to find
	 * @param after the id of the last one of the page before, or {@code null}
	 * @param limit at most so many
	 * @throws IllegalArgumentException when nobody has the id {@code after} any more
	 */
	List<Entry> search(Search search, @Nullable Long after, int limit);

	/** One subscriber. */
	Optional<Entry> find(long id);

	/** How the status changed, the newest change first. */
	List<StatusChange> history(long id);

	/** What the subscriber gets, asked for and left. */
	List<Subscribed> subscriptions(long id);

	/** All rows of the consent ledger about a subscriber, the oldest first. */
	List<Consent> consents(long id);

	/** Why the subscriber's address is on the suppression list, if it is. */
	Optional<Suppressed> suppression(long id);

	/**
	 * Hands over the whole list, a line for each subscription, in the memory of one page.
	 * A subscriber of nothing has one line.
	 * @param search whom to find
	 * @param taker gets one after the other
	 */
	void export(Search search, Consumer<Line> taker);

	/**
	 * Whom to find.
	 *
	 * @param email an address, which finds that subscriber alone, or the beginning of
	 * one, with or without a {@code *} at its end; empty: all
	 * @param status only those; {@code null}: any
	 */
	record Search(String email, @Nullable SubscriberStatus status) {
	}

	/**
	 * A subscriber.
	 *
	 * @param id its key
	 * @param email the address; {@code null} once erased
	 * @param name as the reader gave it
	 * @param status where the subscriber stands
	 * @param statusReason why, where there is something to say
	 * @param createdAt when we first heard of it
	 * @param confirmedAt when the address was last verified
	 * @param statusChangedAt since when the status is so
	 */
	record Entry(long id, @Nullable String email, @Nullable String name, SubscriberStatus status,
			@Nullable String statusReason, Instant createdAt, @Nullable Instant confirmedAt, Instant statusChangedAt) {
	}

	/**
	 * A change of the status.
	 *
	 * @param status the new one
	 * @param reason why, such as {@code HARD_BOUNCE}
	 * @param detail the relay's words, or the staff's
	 * @param channel by what way
	 * @param actor the staff's account, where it was one
	 * @param at when
	 */
	record StatusChange(SubscriberStatus status, @Nullable String reason, @Nullable String detail, String channel,
			@Nullable String actor, Instant at) {
	}

	/**
	 * A subscription.
	 *
	 * @param newsletterId the newsletter's key
	 * @param newsletter its slug
	 * @param title its name
	 * @param days codes of the days wanted; empty: every day it comes out
	 * @param topics the topics wanted; empty: all
	 * @param pausedUntil the first date on which mail comes again
	 * @param requestedAt when it was last signed up for
	 * @param confirmedAt when it was verified
	 * @param leftAt when it was left
	 */
	record Subscribed(long newsletterId, String newsletter, String title, List<String> days, List<String> topics,
			@Nullable LocalDate pausedUntil, Instant requestedAt, @Nullable Instant confirmedAt,
			@Nullable Instant leftAt) {

		/** Verified and not left. */
		public boolean isLive() {
			return this.confirmedAt != null && this.leftAt == null;
		}

		/** Asked for and not yet verified. */
		public boolean isWaiting() {
			return this.confirmedAt == null && this.leftAt == null;
		}

	}

	/**
	 * A row of the consent ledger with the evidence that is still kept.
	 *
	 * @param newsletter the newsletter's slug
	 * @param action what happened
	 * @param channel by what way
	 * @param wordingVersion names the wording
	 * @param wording what the reader saw
	 * @param privacyVersion names the privacy notice linked beside it
	 * @param privacyUrl where that notice is
	 * @param tokenId SHA-256 of the confirmation link's token, in hexadecimal digits
	 * @param at when
	 * @param ip the reader's IP address
	 * @param userAgent the reader's program
	 * @param page the page it was given on
	 * @param chain which chain of the ledger the row is in
	 * @param link its place there
	 * @param previous the hash of the row before, in hexadecimal digits
	 * @param hash its own
	 */
	record Consent(String newsletter, String action, String channel, @Nullable String wordingVersion,
			@Nullable String wording, @Nullable String privacyVersion, @Nullable String privacyUrl,
			@Nullable String tokenId, Instant at, @Nullable String ip, @Nullable String userAgent,
			@Nullable String page, int chain, long link, String previous, String hash) {
	}

	/**
	 * An entry of the suppression list.
	 *
	 * @param reason why
	 * @param since since when
	 */
	record Suppressed(Suppressions.Reason reason, Instant since) {
	}

	/**
	 * A line of the exported list.
	 *
	 * @param subscriber who
	 * @param newsletter the newsletter's slug; empty where there is no subscription
	 * @param days codes of the days wanted; empty: every day
	 * @param topics the topics wanted; empty: all
	 * @param subscribedAt when it was verified
	 * @param leftAt when it was left
	 */
	record Line(Entry subscriber, String newsletter, List<String> days, List<String> topics,
			@Nullable Instant subscribedAt, @Nullable Instant leftAt) {
	}

}
