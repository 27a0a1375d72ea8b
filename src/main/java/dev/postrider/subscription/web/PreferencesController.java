package dev.postrider.subscription.web;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.subscription.ConsentWording;
import dev.postrider.subscription.list.Choice;
import dev.postrider.subscription.list.Days;
import dev.postrider.subscription.list.Evidence;
import dev.postrider.subscription.list.Look;
import dev.postrider.subscription.list.Preferences;
import dev.postrider.subscription.list.Preferences.Item;
import dev.postrider.subscription.list.Subscriber;
import dev.postrider.subscription.list.SubscriptionSettings;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * What a reader can change: days, topics, how it looks, a pause; and leave and join.
 */
@Controller
class PreferencesController {

	private final Preferences preferences;

	private final PreferencesPage page;

	private final SubscriptionSettings settings;

	private final LookOptions looks;

	private final Clock clock;

	PreferencesController(Preferences preferences, PreferencesPage page, SubscriptionSettings settings,
			LookOptions looks, Clock clock) {
		this.preferences = preferences;
		this.page = page;
		this.settings = settings;
		this.looks = looks;
		this.clock = clock;
	}

	@GetMapping("/preferences/{token}")
	ModelAndView look(@PathVariable String token) {
		return this.preferences.find(token)
			.map((it) -> this.page.of(it, null, Map.of()))
			.orElseGet(TokenPages::unknownLink);
	}

	@PostMapping("/preferences/{token}")
	ModelAndView change(@PathVariable String token, @RequestParam MultiValueMap<String, String> fields,
			HttpServletRequest request) {
		return this.preferences.find(token)
			.map((it) -> change(it, fields, WebEvidence.of(request, Evidence.Channel.PAGE)))
			.orElseGet(TokenPages::unknownLink);
	}

	private ModelAndView change(Subscriber subscriber, MultiValueMap<String, String> fields, Evidence evidence) {
		Map<String, String> errors = new LinkedHashMap<>();
		if ("join".equals(fields.getFirst("action"))) {
			return join(subscriber, fields.getFirst("newsletter"), evidence);
		}
		Newsletter newsletter = this.preferences.items(subscriber)
			.stream()
			.map(Item::newsletter)
			.filter((it) -> it.slug().equals(fields.getFirst("newsletter")))
			.findFirst()
			.orElse(null);
		if (newsletter == null) {
			errors.put("form", "You are no longer subscribed to that newsletter.");
			return this.page.of(subscriber, null, errors);
		}
		String notice = switch (String.valueOf(fields.getFirst("action"))) {
			case "save" -> choose(subscriber, newsletter, fields, evidence, errors);
			case "look" -> look(subscriber, newsletter, fields, evidence, errors);
			case "pause" -> pause(subscriber, newsletter, fields.getFirst("until"), evidence, errors);
			case "resume" -> {
				this.preferences.pause(subscriber.id(), newsletter, null, evidence);
				yield "The pause is over. " + newsletter.name() + " comes again.";
			}
			case "leave" -> {
				this.preferences.leave(subscriber.id(), newsletter, evidence);
				yield "You have left " + newsletter.name() + " and will get no more of it.";
			}
			default -> {
				errors.put("form", "Press one of the buttons below.");
				yield null;
			}
		};
		ModelAndView page = this.page.of(subscriber, notice, errors);
		page.addObject("at", newsletter.slug());
		page.addObject("until", Objects.requireNonNullElse(fields.getFirst("until"), ""));
		return page;
	}

	/** The page says beside the button what pressing it agrees to. */
	private ModelAndView join(Subscriber subscriber, @Nullable String slug, Evidence evidence) {
		Newsletter newsletter = this.preferences.others(subscriber)
			.stream()
			.filter((it) -> it.slug().equals(slug))
			.findFirst()
			.orElse(null);
		if (newsletter == null || !this.preferences.join(subscriber.id(), newsletter,
				this.settings.beside(ConsentWording.of(newsletter)), evidence)) {
			return this.page.of(subscriber, null,
					Map.of("form", "That newsletter cannot be added here. What you get stands below."));
		}
		return this.page.of(subscriber, "You will get " + newsletter.name() + " from its next edition on.", Map.of());
	}

	private @Nullable String choose(Subscriber subscriber, Newsletter newsletter, MultiValueMap<String, String> fields,
			Evidence evidence, Map<String, String> errors) {
		Set<DayOfWeek> days = SignUpForm.days(fields.getOrDefault("days", List.of()), newsletter, errors);
		List<String> topics = SignUpForm.topics(fields.getOrDefault("topics", List.of()), this.settings.topics(),
				errors);
		if (days.isEmpty()) {
			errors.putIfAbsent("days", "Choose at least one day, or pause or leave below.");
		}
		if (!errors.isEmpty()) {
			return null;
		}
		this.preferences.choose(subscriber.id(), newsletter, new Choice(days, topics), evidence);
		return "Saved. You will get " + newsletter.name() + " on " + Days.sentence(days) + ".";
	}

	private @Nullable String look(Subscriber subscriber, Newsletter newsletter, MultiValueMap<String, String> fields,
			Evidence evidence, Map<String, String> errors) {
		Look look = this.looks.read(fields.getFirst("language"), fields.getFirst("design"), errors);
		if (!errors.isEmpty()) {
			return null;
		}
		this.preferences.look(subscriber.id(), newsletter, look, evidence);
		return "Saved. The next mail of " + newsletter.name() + " looks like that.";
	}

	private @Nullable String pause(Subscriber subscriber, Newsletter newsletter, @Nullable String until,
			Evidence evidence, Map<String, String> errors) {
		LocalDate today = this.clock.instant().atZone(newsletter.zone()).toLocalDate();
		try {
			LocalDate date = LocalDate.parse(Objects.requireNonNullElse(until, ""));
			if (date.isAfter(today) && !date.isAfter(today.plusYears(1))) {
				this.preferences.pause(subscriber.id(), newsletter, date, evidence);
				return "Paused. " + newsletter.name() + " comes again from " + PreferencesPage.DATE.format(date) + ".";
			}
		}
		catch (DateTimeException ex) {
			// Falls through to the same advice.
		}
		errors.put("until", "Enter the day on which mail should come again, from "
				+ PreferencesPage.DATE.format(today.plusDays(1)) + " up to a year from now.");
		return null;
	}

}
