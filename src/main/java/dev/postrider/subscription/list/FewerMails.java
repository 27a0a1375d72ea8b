package dev.postrider.subscription.list;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.SubscriberStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What somebody about to leave may like better: fewer days, or a pause. By the token of
 * the unsubscribe link, which is good for nothing else of the subscriber's.
 */
@Component
public class FewerMails {

	/** How long the pause lasts that is offered. */
	public static final Duration PAUSE = Duration.ofDays(28);

	private final ReaderTokens tokens;

	private final Subscribers subscribers;

	private final Subscriptions subscriptions;

	private final Newsletters newsletters;

	private final Preferences preferences;

	private final Clock clock;

	FewerMails(ReaderTokens tokens, Subscribers subscribers, Subscriptions subscriptions, Newsletters newsletters,
			Preferences preferences, Clock clock) {
		this.tokens = tokens;
		this.subscribers = subscribers;
		this.subscriptions = subscriptions;
		this.newsletters = newsletters;
		this.preferences = preferences;
		this.clock = clock;
	}

	/**
	 * How a live subscription stands; changes nothing.
	 * @return empty when the token is not ours, or there is nothing to get less of
	 */
	public Optional<Standing> look(String token) {
		return this.tokens.readUnsubscribe(token)
			.flatMap((read) -> this.subscribers.find(read.subscriberId())
				.filter((subscriber) -> subscriber.status() == SubscriberStatus.ACTIVE)
				.flatMap((subscriber) -> standing(subscriber, read.newsletterId())));
	}

	/**
	 * Sets the days; topics stay.
	 * @param days at least one; others than the newsletter's are ignored
	 * @return how it stood before, empty as in {@link #look}, or when no day is left
	 */
	@Transactional
	public Optional<Standing> choose(String token, Set<DayOfWeek> days, Evidence evidence) {
		Standing before = look(token).orElse(null);
		if (before == null) {
			return Optional.empty();
		}
		Set<DayOfWeek> wanted = EnumSet.copyOf(before.newsletter().days());
		wanted.retainAll(days);
		if (wanted.isEmpty()) {
			return Optional.empty();
		}
		this.preferences.choose(before.subscriber().id(), before.newsletter(),
				new Choice(wanted, before.subscription().topics()), evidence);
		return Optional.of(before);
	}

	/**
	 * Pauses for {@link #PAUSE}, or ends a pause.
	 * @return how it stood before, empty as in {@link #look}
	 */
	@Transactional
	public Optional<Standing> pause(String token, boolean wanted, Evidence evidence) {
		Optional<Standing> before = look(token);
		before.ifPresent((it) -> this.preferences.pause(it.subscriber().id(), it.newsletter(),
				wanted ? it.pauseEnds() : null, evidence));
		return before;
	}

	private Optional<Standing> standing(Subscriber subscriber, long newsletterId) {
		return this.newsletters.find(newsletterId)
			.flatMap((newsletter) -> this.subscriptions.find(newsletterId, subscriber.id())
				.filter(Subscription::isLive)
				.map((subscription) -> {
					LocalDate today = this.clock.instant().atZone(newsletter.zone()).toLocalDate();
					LocalDate until = subscription.pausedUntil();
					return new Standing(subscriber, newsletter, subscription,
							(until != null && until.isAfter(today)) ? until : null, today.plusDays(PAUSE.toDays()));
				}));
	}

	/**
	 * A live subscription.
	 *
	 * @param subscriber whose
	 * @param newsletter of what
	 * @param subscription what the reader gets
	 * @param pausedUntil when mail comes again, if it is paused now
	 * @param pauseEnds when it would come again if it were paused today
	 */
	public record Standing(Subscriber subscriber, Newsletter newsletter, Subscription subscription,
			@Nullable LocalDate pausedUntil, LocalDate pauseEnds) {
	}

}
