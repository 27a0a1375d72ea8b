package dev.postrider.subscription.web;

import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.postrider.mail.Writing;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.subscription.ConsentWording;
import dev.postrider.subscription.list.AddressChanges;
import dev.postrider.subscription.list.Days;
import dev.postrider.subscription.list.Preferences;
import dev.postrider.subscription.list.Preferences.Item;
import dev.postrider.subscription.list.Subscriber;
import dev.postrider.subscription.list.SubscriptionSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/**
 * What stands on the page of a reader's preferences.
 */
@Component
class PreferencesPage {

	private final Preferences preferences;

	private final AddressChanges addressChanges;

	private final SubscriptionSettings settings;

	private final LookOptions looks;

	private final Clock clock;

	PreferencesPage(Preferences preferences, AddressChanges addressChanges, SubscriptionSettings settings,
			LookOptions looks, Clock clock) {
		this.preferences = preferences;
		this.addressChanges = addressChanges;
		this.settings = settings;
		this.looks = looks;
		this.clock = clock;
	}

	/**
	 * The page as the subscriber's choices stand now.
	 * @param notice what was just done
	 * @param errors what to correct, by field
	 * @param writing in which it is said
	 */
	ModelAndView of(Subscriber subscriber, @Nullable String notice, Map<String, String> errors, Writing writing) {
		Map<String, Object> model = new HashMap<>();
		model.put("address", ReaderPages.masked(subscriber, writing));
		model.put("items", this.preferences.items(subscriber).stream().map((it) -> view(it, writing)).toList());
		List<OtherView> others = this.preferences.others(subscriber).stream().map((it) -> other(it, writing)).toList();
		model.put("others", others);
		model.put("more", writing.count("moreToChoose", others.size()));
		URI privacy = this.settings.privacyNotice().url();
		model.put("privacy", (privacy != null) ? privacy.toString() : "");
		model.put("movable", this.addressChanges.isOpenTo(subscriber));
		model.put("topics", this.settings.topics());
		model.put("errors", errors);
		model.put("at", "");
		model.put("until", "");
		model.put("typed", "");
		if (notice != null) {
			model.put("notice", notice);
		}
		return new ModelAndView("subscription/preferences", model,
				errors.isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT);
	}

	private ItemView view(Item item, Writing writing) {
		Newsletter newsletter = item.newsletter();
		LocalDate today = this.clock.instant().atZone(newsletter.zone()).toLocalDate();
		LocalDate until = item.subscription().pausedUntil();
		boolean paused = until != null && until.isAfter(today);
		return new ItemView(newsletter, SignUpController.dayOptions(newsletter, writing),
				item.subscription().daysOf(newsletter).stream().map(Days::code).toList(), item.subscription().topics(),
				(paused && until != null) ? writing.when("pageDate", until) : "", today.plusDays(1).toString(),
				today.plusYears(1).toString(), this.looks.languages(newsletter, item.subscription().look()),
				this.looks.designs(newsletter, item.subscription().look()));
	}

	private static OtherView other(Newsletter newsletter, Writing writing) {
		return new OtherView(newsletter, writing.days(newsletter.days()),
				ConsentWording.of(newsletter, writing).text());
	}

	/**
	 * A subscription as the page shows it.
	 *
	 * @param newsletter which
	 * @param options the days it comes out
	 * @param days the codes of those wanted
	 * @param topics those wanted
	 * @param pausedUntil a date for people, empty when not paused
	 * @param tomorrow the earliest end of a pause
	 * @param latest the latest end of a pause
	 * @param languages the mail's fixed words can be in
	 * @param designs the mail can have
	 */
	public record ItemView(Newsletter newsletter, List<SignUpController.DayOption> options, List<String> days,
			List<String> topics, String pausedUntil, String tomorrow, String latest, List<LookOptions.Option> languages,
			List<LookOptions.Option> designs) {
	}

	/**
	 * A newsletter to join.
	 *
	 * @param newsletter which
	 * @param days on which it comes out, in words
	 * @param wording what joining agrees to
	 */
	public record OtherView(Newsletter newsletter, String days, String wording) {
	}

}
