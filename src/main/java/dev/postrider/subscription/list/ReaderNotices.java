package dev.postrider.subscription.list;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

import dev.postrider.mail.LetterRenderer;
import dev.postrider.mail.Outbox;
import dev.postrider.mail.Writing;
import dev.postrider.mail.Writings;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;

import org.springframework.stereotype.Component;

/**
 * Single mails to readers about their own affairs: the link to the preferences, and what
 * goes with another address. Each address gets only so many a day of each.
 */
@Component
class ReaderNotices {

	/** Of one kind to one address, whoever asks for them. */
	private static final int MOST_A_DAY = 3;

	private static final Duration USEFUL_FOR = Duration.ofDays(1);

	private final LetterRenderer renderer;

	private final Outbox outbox;

	private final ReaderTokens tokens;

	private final Subscriptions subscriptions;

	private final Newsletters newsletters;

	private final SubscriptionSettings settings;

	private final ReaderLanguages languages;

	private final Writings writings;

	private final Clock clock;

	ReaderNotices(LetterRenderer renderer, Outbox outbox, ReaderTokens tokens, Subscriptions subscriptions,
			Newsletters newsletters, SubscriptionSettings settings, ReaderLanguages languages, Writings writings,
			Clock clock) {
		this.renderer = renderer;
		this.outbox = outbox;
		this.tokens = tokens;
		this.subscriptions = subscriptions;
		this.newsletters = newsletters;
		this.settings = settings;
		this.languages = languages;
		this.writings = writings;
		this.clock = clock;
	}

	/** The way to the preferences, for who asked by typing the address. */
	void link(Subscriber subscriber) {
		send("preferences", Objects.requireNonNull(subscriber.email()), subscriber,
				(writing) -> Map.of("link", this.tokens.preferences(subscriber)));
	}

	/**
	 * Asks the owner of an address whether a reader's newsletters shall come there.
	 * @return the mail's number; empty when the address has had its share
	 */
	Optional<Long> move(Subscriber subscriber, EmailAddress wanted, long changeId) {
		return send("address", wanted.value(), subscriber,
				(writing) -> Map.of("link", this.tokens.address(changeId), "from", subscriber.masked(), "hours",
						writing.count("countHours", this.settings.confirmWithin().toHours())));
	}

	/**
	 * Tells the owner of an address that is a subscriber already why nothing was moved
	 * there.
	 */
	void taken(Subscriber owner) {
		send("address-taken", Objects.requireNonNull(owner.email()), owner,
				(writing) -> Map.of("link", this.tokens.preferences(owner)));
	}

	/** Tells the old address that the newsletters come to another one now. */
	void moved(EmailAddress old, Subscriber subscriber, EmailAddress present) {
		send("address-moved", old.value(), subscriber, (writing) -> Map.of("to", present.masked()));
	}

	private Optional<Long> send(String name, String recipient, Subscriber about,
			Function<Writing, Map<String, Object>> values) {
		if (this.outbox.count(name, recipient, this.clock.instant().minus(Duration.ofDays(1))) >= MOST_A_DAY) {
			return Optional.empty();
		}
		Newsletter newsletter = newsletter(about);
		Writing writing = this.writings.letter(this.languages.of(about.id()).orElse(null), newsletter.language());
		Map<String, Object> model = new HashMap<>(values.apply(writing));
		model.put("lang", writing.language());
		model.put("newsletter", newsletter);
		return Optional.of(this.outbox
			.submit(new Outbox.SingleMail(name, new Outbox.Sender(newsletter.senderName(), newsletter.senderEmail()),
					recipient, this.renderer.render(name, model), USEFUL_FOR)));
	}

	/** In whose name: one the reader gets, else the first there is. */
	private Newsletter newsletter(Subscriber subscriber) {
		return this.subscriptions.of(subscriber.id())
			.stream()
			.filter(Subscription::isLive)
			.findFirst()
			.flatMap((it) -> this.newsletters.find(it.newsletterId()))
			.orElseGet(() -> this.newsletters.all().get(0));
	}

}
