package dev.postrider.subscription.list;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.postrider.mail.Letter;
import dev.postrider.mail.LetterForm;
import dev.postrider.mail.LetterRenderer;
import dev.postrider.mail.Outbox;
import dev.postrider.mail.ReaderField;
import dev.postrider.mail.Writing;
import dev.postrider.mail.Writings;
import dev.postrider.newsletter.Newsletter;

import org.springframework.stereotype.Component;

/**
 * The mails that follow a sign-up, so many a day to an address at most.
 */
@Component
class ReaderLetters {

	private static final Duration DAY = Duration.ofDays(1);

	/** What differs from mail to mail. */
	private static final ReaderField LINK = new ReaderField("link");

	/** Rendered anew now and then: a template's file may have changed. */
	private final LoadingCache<Wanted, LetterForm> forms = Caffeine.newBuilder()
		.maximumSize(500)
		.expireAfterWrite(Duration.ofMinutes(1))
		.build(this::write);

	private final LetterRenderer renderer;

	private final Outbox outbox;

	private final ReaderTokens tokens;

	private final SubscriptionSettings settings;

	private final Writings writings;

	private final Clock clock;

	ReaderLetters(LetterRenderer renderer, Outbox outbox, ReaderTokens tokens, SubscriptionSettings settings,
			Writings writings, Clock clock) {
		this.renderer = renderer;
		this.outbox = outbox;
		this.tokens = tokens;
		this.settings = settings;
		this.writings = writings;
		this.clock = clock;
	}

	/** Asks the owner of an address to confirm a sign-up. */
	void confirm(Subscriber subscriber, Newsletter newsletter, Choice choice, Instant issuedAt) {
		send("confirm", subscriber, newsletter, choice,
				() -> this.tokens.confirm(subscriber.id(), subscriber.moves(), newsletter.id(), issuedAt),
				this.settings.confirmWithin());
	}

	/**
	 * Tells somebody who signs up again that nothing needs doing, and where to change
	 * things.
	 */
	void known(Subscriber subscriber, Newsletter newsletter, Choice choice) {
		send("known", subscriber, newsletter, choice, () -> this.tokens.preferences(subscriber), Duration.ofDays(1));
	}

	/** Asks strangers, who had no such mail today, to confirm; all at once. */
	void confirm(List<Strangers.Stranger> strangers, Instant issuedAt) {
		this.outbox.submit(strangers.stream().map((it) -> {
			Newsletter newsletter = it.order().newsletter();
			return form("confirm", newsletter, it.order().choice()).to(
					it.order().address().value(), Map.of(LINK, this.tokens.confirm(it.subscriber().id(),
							it.subscriber().moves(), newsletter.id(), issuedAt)),
					issuedAt, this.settings.confirmWithin());
		}).toList());
	}

	/**
	 * When the owner of an address can next be asked to confirm anything; empty: now.
	 */
	Optional<Instant> confirmAgainAt(Subscriber subscriber) {
		List<Instant> mails = this.outbox.times("confirm", Objects.requireNonNull(subscriber.email()), dayAgo());
		int most = this.settings.mailsPerAddressPerDay();
		return (mails.size() < most) ? Optional.empty() : Optional.of(mails.get(most - 1).plus(DAY));
	}

	/** Those of some addresses that were asked to confirm something within a day. */
	Set<String> mailed(Collection<String> recipients) {
		return this.outbox.recipients("confirm", recipients, dayAgo());
	}

	private Instant dayAgo() {
		return this.clock.instant().minus(DAY);
	}

	private void send(String name, Subscriber subscriber, Newsletter newsletter, Choice choice, Supplier<String> link,
			Duration usefulFor) {
		String recipient = Objects.requireNonNull(subscriber.email());
		if (this.outbox.count(name, recipient, dayAgo()) < this.settings.mailsPerAddressPerDay()) {
			this.outbox.submit(form(name, newsletter, choice).to(recipient, Map.of(LINK, link.get()),
					this.clock.instant(), usefulFor));
		}
	}

	private LetterForm form(String name, Newsletter newsletter, Choice choice) {
		return this.forms.get(new Wanted(name, newsletter, choice.days().isEmpty() ? newsletter.days() : choice.days(),
				this.writings.letter(choice.language(), newsletter.language())));
	}

	private LetterForm write(Wanted wanted) {
		Newsletter newsletter = wanted.newsletter();
		Writing writing = wanted.writing();
		Letter letter = this.renderer.render(wanted.name(),
				Map.of("lang", writing.language(), "newsletter", newsletter, "days", writing.days(wanted.days()),
						"hours", writing.count("countHours", this.settings.confirmWithin().toHours()), "link",
						LINK.token(), "reader", Map.of(LINK.key(), LINK.token())));
		return new LetterForm(wanted.name(), new Outbox.Sender(newsletter.senderName(), newsletter.senderEmail()),
				letter, List.of(LINK));
	}

	/**
	 * What tells one form from another.
	 */
	private record Wanted(String name, Newsletter newsletter, Set<DayOfWeek> days, Writing writing) {
	}

}
