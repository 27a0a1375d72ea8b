package dev.postrider.subscription.list;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.SubscriberStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a reader changes about the subscriptions, by the token in every mail.
 */
@Component
public class Preferences {

	private final ReaderTokens tokens;

	private final Subscribers subscribers;

	private final Subscriptions subscriptions;

	private final Newsletters newsletters;

	private final Departures departures;

	private final Consents consents;

	private final Clock clock;

	Preferences(ReaderTokens tokens, Subscribers subscribers, Subscriptions subscriptions, Newsletters newsletters,
			Departures departures, Consents consents, Clock clock) {
		this.tokens = tokens;
		this.subscribers = subscribers;
		this.subscriptions = subscriptions;
		this.newsletters = newsletters;
		this.departures = departures;
		this.consents = consents;
		this.clock = clock;
	}

	/**
	 * The subscriber a token speaks for.
	 * @return empty when the token is not ours, or the reader is erased
	 */
	public Optional<Subscriber> find(String token) {
		return this.tokens.readPreferences(token)
			.flatMap(this.subscribers::find)
			.filter((it) -> it.status() != SubscriberStatus.ERASED);
	}

	/** The subscriptions that can be changed, each with its newsletter. */
	public List<Item> items(Subscriber subscriber) {
		return this.subscriptions.of(subscriber.id())
			.stream()
			.filter(Subscription::isLive)
			.flatMap((it) -> this.newsletters.find(it.newsletterId())
				.map((newsletter) -> new Item(newsletter, it))
				.stream())
			.toList();
	}

	/** Changes days and topics. */
	@Transactional
	public void choose(long subscriberId, Newsletter newsletter, Choice choice, Evidence evidence) {
		change(subscriberId, newsletter, evidence, () -> this.subscriptions.choose(newsletter, subscriberId, choice));
	}

	/** Changes the mail's language and design. */
	@Transactional
	public void look(long subscriberId, Newsletter newsletter, Look look, Evidence evidence) {
		change(subscriberId, newsletter, evidence, () -> this.subscriptions.look(newsletter.id(), subscriberId, look));
	}

	/**
	 * Pauses, or goes on.
	 * @param until the first date on which mail comes again; {@code null}: at once
	 */
	@Transactional
	public void pause(long subscriberId, Newsletter newsletter, @Nullable LocalDate until, Evidence evidence) {
		change(subscriberId, newsletter, evidence,
				() -> this.subscriptions.pause(newsletter.id(), subscriberId, until));
	}

	/** Leaves one newsletter. */
	@Transactional
	public void leave(long subscriberId, Newsletter newsletter, Evidence evidence) {
		this.subscribers.lock(subscriberId)
			.ifPresent((subscriber) -> this.departures.leave(subscriber, newsletter.id(), evidence));
	}

	private void change(long subscriberId, Newsletter newsletter, Evidence evidence, Runnable change) {
		this.subscribers.lock(subscriberId)
			.filter((it) -> this.subscriptions.find(newsletter.id(), subscriberId)
				.filter(Subscription::isLive)
				.isPresent())
			.ifPresent((subscriber) -> {
				change.run();
				this.consents.record(subscriberId, newsletter.id(), Consents.Action.CHANGED, null, evidence,
						this.clock.instant());
			});
	}

	/**
	 * A live subscription and its newsletter.
	 *
	 * @param newsletter which
	 * @param subscription what the reader gets of it
	 */
	public record Item(Newsletter newsletter, Subscription subscription) {
	}

}
