package dev.postrider.monitor.web;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.postrider.delivery.Deliveries.Proof;
import dev.postrider.delivery.DeliveryStatus;
import dev.postrider.Masked;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.SubscriberDirectory.Consent;
import dev.postrider.subscription.SubscriberDirectory.Entry;
import dev.postrider.subscription.SubscriberDirectory.StatusChange;
import dev.postrider.subscription.SubscriberDirectory.Subscribed;
import dev.postrider.subscription.SubscriberStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Subscribers in the words of people.
 */
@Component
class SubscriberViews {

	private final Newsletters newsletters;

	SubscriberViews(Newsletters newsletters) {
		this.newsletters = newsletters;
	}

	/** Times are the first newsletter's. */
	ZoneId zone() {
		return this.newsletters.all().stream().findFirst().map(Newsletter::zone).orElse(ZoneOffset.UTC);
	}

	EntryView of(Entry entry) {
		ZoneId zone = zone();
		return new EntryView(entry.id(), (entry.email() != null) ? entry.email() : "erased",
				(entry.name() != null) ? entry.name() : "", Word.of(entry.status()), reason(entry.statusReason()),
				Moment.of(entry.createdAt(), zone), Moment.orNull(entry.confirmedAt(), zone),
				Moment.of(entry.statusChangedAt(), zone));
	}

	ChangeView of(StatusChange change) {
		String why = reason(change.reason());
		String detail = (change.detail() != null) ? Masked.in(change.detail()) : "";
		return new ChangeView(Moment.of(change.at(), zone()), Word.of(change.status()),
				(change.actor() != null) ? change.actor() : way(change.channel()),
				why.isEmpty() ? detail : detail.isEmpty() ? why : why + ": " + detail);
	}

	ConsentView of(Consent consent) {
		String notice = (consent.privacyUrl() != null) ? consent.privacyUrl() + ", version " + consent.privacyVersion()
				: "";
		return new ConsentView(Moment.of(consent.at(), zone()), consent.newsletter(), action(consent.action()),
				way(consent.channel()), text(consent.wordingVersion()), text(consent.wording()), notice,
				text(consent.ip()), text(consent.userAgent()), text(consent.page()), consent.chain(), consent.link(),
				consent.hash());
	}

	SubscribedView of(Subscribed subscribed) {
		ZoneId zone = zone();
		Word word = subscribed.leftAt() != null ? new Word("Left", "")
				: subscribed.isLive() ? new Word("Subscribed", "good") : new Word("Not confirmed yet", "busy");
		LocalDate paused = subscribed.pausedUntil();
		return new SubscribedView(subscribed.newsletterId(), subscribed.title(), word,
				subscribed.days().isEmpty() ? "every day"
						: subscribed.days().stream().map(SubscriberViews::day).collect(Collectors.joining(", ")),
				subscribed.topics().isEmpty() ? "all" : String.join(", ", subscribed.topics()),
				(paused != null) ? paused.toString() : "", Moment.of(subscribed.requestedAt(), zone),
				Moment.orNull(subscribed.confirmedAt(), zone), Moment.orNull(subscribed.leftAt(), zone),
				subscribed.isLive(), subscribed.isWaiting());
	}

	ProofView of(Proof proof) {
		String label = proof.date() + ((proof.number() == 1) ? "" : ", number " + proof.number())
				+ (proof.welcome() ? ", as a welcome" : "");
		return new ProofView(proof.editionId(), proof.newsletter() + ", " + label, Word.of(proof.status()),
				Moment.orNull(proof.at(), zone()), proof.attempts(),
				(proof.reply() != null) ? Masked.in(proof.reply()) : "");
	}

	/** {@code MON} as {@code Mon}. */
	private static String day(String code) {
		return code.charAt(0) + code.substring(1).toLowerCase(Locale.ROOT);
	}

	private static String text(@Nullable String text) {
		return (text != null) ? text : "";
	}

	static String reason(@Nullable String reason) {
		return switch ((reason != null) ? reason : "") {
			case "HARD_BOUNCE" -> "The address bounced";
			case "COMPLAINT" -> "The reader complained";
			case "MANUAL" -> "Suppressed by the staff";
			case "ERASED" -> "Erased once";
			case "MOVED" -> "Moved away from here once";
			default -> text(reason);
		};
	}

	private static String way(String channel) {
		return switch (channel) {
			case "FORM" -> "Sign-up form";
			case "API" -> "API";
			case "IMPORT" -> "Import";
			case "ONE_CLICK" -> "One click in the mail program";
			case "PAGE" -> "Page behind a link in a mail";
			case "BOUNCE" -> "Bounce";
			case "COMPLAINT" -> "Complaint";
			case "DEMO" -> "Demo";
			case "STAFF" -> "Staff";
			default -> channel;
		};
	}

	private static String action(String action) {
		return switch (action) {
			case "SIGNED_UP" -> "Signed up";
			case "CONFIRMED" -> "Confirmed";
			case "CHANGED" -> "Changed";
			case "UNSUBSCRIBED" -> "Left";
			case "SUPPRESSED" -> "Suppressed";
			case "ERASED" -> "Erased";
			case "LIFTED" -> "Suppression lifted";
			default -> action;
		};
	}

	/**
	 * A status for people.
	 */
	public record Word(String word, String tone) {

		static Word of(SubscriberStatus status) {
			return switch (status) {
				case PENDING -> new Word("Not confirmed yet", "busy");
				case ACTIVE -> new Word("Active", "good");
				case UNSUBSCRIBED -> new Word("Left", "");
				case SUPPRESSED -> new Word("Suppressed", "bad");
				case ERASED -> new Word("Erased", "");
			};
		}

		static Word of(DeliveryStatus status) {
			return switch (status) {
				case PENDING -> new Word("To be sent", "busy");
				case SENT -> new Word("Sent", "good");
				case DEFERRED -> new Word("Waiting", "busy");
				case BOUNCED -> new Word("Bounced", "warn");
				case SKIPPED -> new Word("Skipped", "");
				case FAILED -> new Word("Failed", "bad");
			};
		}

	}

	/**
	 * A subscriber in the list and above the page.
	 */
	public record EntryView(long id, String email, String name, Word status, String reason, Moment created,
			@Nullable Moment confirmed, Moment changed) {
	}

	/**
	 * A change of the status.
	 */
	public record ChangeView(Moment at, Word status, String by, String why) {
	}

	/**
	 * A consent.
	 */
	public record ConsentView(Moment at, String newsletter, String action, String way, String version, String wording,
			String notice, String ip, String agent, String page, int chain, long link, String hash) {
	}

	/**
	 * A subscription.
	 */
	public record SubscribedView(long newsletterId, String title, Word status, String days, String topics,
			String paused, Moment requested, @Nullable Moment confirmed, @Nullable Moment left, boolean live,
			boolean waiting) {
	}

	/**
	 * A delivery.
	 */
	public record ProofView(long editionId, String edition, Word status, @Nullable Moment at, int attempts,
			String reply) {
	}

}
