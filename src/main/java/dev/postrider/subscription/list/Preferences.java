package dev.postrider.subscription.list;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.ConsentWording;
import dev.postrider.subscription.SubscriberStatus;
import dev.postrider.subscription.SubscriptionConfirmed;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
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

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Preferences(ReaderTokens tokens, Subscribers subscribers, Subscriptions subscriptions, Newsletters newsletters,
			Departures departures, Consents consents, ApplicationEventPublisher events, Clock clock) {
		this.tokens = tokens;
		this.subscribers = subscribers;
		this.subscriptions = subscriptions;
		this.newsletters = newsletters;
		this.departures = departures;
		this.consents = consents;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * The subscriber a token speaks for.
	 * @return empty when the token is not ours, or the reader is erased, or has moved
	 * since
	 */
	public Optional<Subscriber> find(String token) {
		return this.tokens.readPreferences(token)
			.flatMap((read) -> this.subscribers.find(read.subscriberId()).filter((it) -> it.moves() == read.moves()))
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

	/**
	 * The newsletters a reader could join; none for somebody whose address was never
	 * verified, or must not be mailed.
	 */
	public List<Newsletter> others(Subscriber subscriber) {
		if (subscriber.status() != SubscriberStatus.ACTIVE && subscriber.status() != SubscriberStatus.UNSUBSCRIBED) {
			return List.of();
		}
		List<Long> live = items(subscriber).stream().map((item) -> item.newsletter().id()).toList();
		return this.newsletters.all().stream().filter((it) -> !live.contains(it.id())).toList();
	}

	/**
	 * Joins a newsletter. The link came by mail to the address, so it needs no other
	 * proof.
	 * @param wording what was agreed to
	 * @return whether the reader could join
	 */
	@Transactional
	public boolean join(long subscriberId, Newsletter newsletter, ConsentWording wording, Evidence evidence) {
		Subscriber subscriber = this.subscribers.lock(subscriberId).orElse(null);
		if (subscriber == null || subscriber.email() == null
				|| others(subscriber).stream().noneMatch((it) -> it.id() == newsletter.id())) {
			return false;
		}
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
		this.subscriptions.request(newsletter, subscriberId, Choice.ALL, now);
		this.subscriptions.confirm(newsletter.id(), subscriberId, now);
		this.subscribers.activate(subscriberId, Cause.of(evidence.channel()), now);
		this.consents.record(subscriberId, newsletter.id(), Consents.Action.CONFIRMED, wording, evidence, now);
		this.events.publishEvent(new SubscriptionConfirmed(subscriberId, newsletter.id()));
		return true;
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
