package dev.postrider.subscription.list;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import dev.postrider.mail.Letter;
import dev.postrider.mail.LetterRenderer;
import dev.postrider.mail.Outbox;
import dev.postrider.newsletter.Newsletter;

import org.springframework.stereotype.Component;

/**
 * The mails that follow a sign-up, so many a day to an address at most.
 */
@Component
class ReaderLetters {

	private final LetterRenderer renderer;

	private final Outbox outbox;

	private final ReaderTokens tokens;

	private final SubscriptionSettings settings;

	private final Clock clock;

	ReaderLetters(LetterRenderer renderer, Outbox outbox, ReaderTokens tokens, SubscriptionSettings settings,
			Clock clock) {
		this.renderer = renderer;
		this.outbox = outbox;
		this.tokens = tokens;
		this.settings = settings;
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

	private Letter render(String name, Newsletter newsletter, Choice choice, String link) {
		Set<java.time.DayOfWeek> days = choice.days().isEmpty() ? newsletter.days() : choice.days();
		return this.renderer.render(name, Map.of("newsletter", newsletter, "days", Days.sentence(days), "link", link,
				"hours", this.settings.confirmWithin().toHours()));
	}

	private void send(String name, Subscriber subscriber, Newsletter newsletter, Choice choice, Supplier<String> link,
			Duration usefulFor) {
		String recipient = java.util.Objects.requireNonNull(subscriber.email());
		Instant dayAgo = this.clock.instant().minus(Duration.ofDays(1));
		if (this.outbox.count(name, recipient, dayAgo) < this.settings.mailsPerAddressPerDay()) {
			this.outbox.submit(
					new Outbox.SingleMail(name, new Outbox.Sender(newsletter.senderName(), newsletter.senderEmail()),
							recipient, render(name, newsletter, choice, link.get()), usefulFor));
		}
	}

}
