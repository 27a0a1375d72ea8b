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

import dev.postrider.mail.Writing;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.subscription.ConsentWording;
import dev.postrider.subscription.list.Choice;
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

	private final ReaderPages pages;

	private final Clock clock;

	PreferencesController(Preferences preferences, PreferencesPage page, SubscriptionSettings settings,
			LookOptions looks, ReaderPages pages, Clock clock) {
		this.preferences = preferences;
		this.page = page;
		this.settings = settings;
		this.looks = looks;
		this.pages = pages;
		this.clock = clock;
	}

	@GetMapping("/preferences/{token}")
	ModelAndView look(@PathVariable String token, HttpServletRequest request) {
		return this.preferences.find(token)
			.map((it) -> this.page.of(it, null, Map.of(), this.pages.writing(request, it.id())))
			.orElseGet(() -> this.pages.unknownLink(request));
	}

	@PostMapping("/preferences/{token}")
	ModelAndView change(@PathVariable String token, @RequestParam MultiValueMap<String, String> fields,
			HttpServletRequest request) {
		return this.preferences.find(token)
			.map((it) -> change(it, fields, request))
			.orElseGet(() -> this.pages.unknownLink(request));
	}

	private ModelAndView change(Subscriber subscriber, MultiValueMap<String, String> fields,
			HttpServletRequest request) {
		Writing writing = this.pages.writing(request, subscriber.id());
		Evidence evidence = WebEvidence.of(request, Evidence.Channel.PAGE);
		Map<String, String> errors = new LinkedHashMap<>();
		if ("join".equals(fields.getFirst("action"))) {
			return join(subscriber, fields.getFirst("newsletter"), evidence, writing);
		}
		Newsletter newsletter = this.preferences.items(subscriber)
			.stream()
			.map(Item::newsletter)
			.filter((it) -> it.slug().equals(fields.getFirst("newsletter")))
			.findFirst()
			.orElse(null);
		if (newsletter == null) {
			errors.put("form", writing.say("notSubscribedTo"));
			return this.page.of(subscriber, null, errors, writing);
		}
		String notice = switch (String.valueOf(fields.getFirst("action"))) {
			case "save" -> choose(subscriber, newsletter, fields, evidence, errors, writing);
			case "look" -> {
				look(subscriber, newsletter, fields, evidence, errors, writing);
				// In the language that was just chosen.
				writing = this.pages.writing(request, subscriber.id());
				yield errors.isEmpty() ? writing.tell("savedLook", newsletter.name()) : null;
			}
			case "pause" -> pause(subscriber, newsletter, fields.getFirst("until"), evidence, errors, writing);
			case "resume" -> {
				this.preferences.pause(subscriber.id(), newsletter, null, evidence);
				yield writing.tell("pauseOver", newsletter.name());
			}
			case "leave" -> {
				this.preferences.leave(subscriber.id(), newsletter, evidence);
				yield writing.tell("left", newsletter.name());
			}
			default -> {
				errors.put("form", writing.say("pressOne"));
				yield null;
			}
		};
		ModelAndView page = this.page.of(subscriber, notice, errors, writing);
		page.addObject("at", newsletter.slug());
		page.addObject("until", Objects.requireNonNullElse(fields.getFirst("until"), ""));
		return page;
	}

	/** The page says beside the button what pressing it agrees to. */
	private ModelAndView join(Subscriber subscriber, @Nullable String slug, Evidence evidence, Writing writing) {
		Newsletter newsletter = this.preferences.others(subscriber)
			.stream()
			.filter((it) -> it.slug().equals(slug))
			.findFirst()
			.orElse(null);
		if (newsletter == null || !this.preferences.join(subscriber.id(), newsletter,
				this.settings.beside(ConsentWording.of(newsletter, writing)), evidence)) {
			return this.page.of(subscriber, null, Map.of("form", writing.say("cannotJoin")), writing);
		}
		return this.page.of(subscriber, writing.tell("joined", newsletter.name()), Map.of(), writing);
	}

	private @Nullable String choose(Subscriber subscriber, Newsletter newsletter, MultiValueMap<String, String> fields,
			Evidence evidence, Map<String, String> errors, Writing writing) {
		Set<DayOfWeek> days = SignUpForm.days(fields.getOrDefault("days", List.of()), newsletter, writing, errors);
		List<String> topics = SignUpForm.topics(fields.getOrDefault("topics", List.of()), this.settings.topics(),
				writing, errors);
		if (days.isEmpty()) {
			errors.putIfAbsent("days", writing.say("noDay"));
		}
		if (!errors.isEmpty()) {
			return null;
		}
		this.preferences.choose(subscriber.id(), newsletter, new Choice(days, topics), evidence);
		return writing.tell("saved", newsletter.name(), writing.days(days));
	}

	private void look(Subscriber subscriber, Newsletter newsletter, MultiValueMap<String, String> fields,
			Evidence evidence, Map<String, String> errors, Writing writing) {
		Look look = this.looks.read(fields.getFirst("language"), fields.getFirst("design"), writing, errors);
		if (errors.isEmpty()) {
			this.preferences.look(subscriber.id(), newsletter, look, evidence);
		}
	}

	private @Nullable String pause(Subscriber subscriber, Newsletter newsletter, @Nullable String until,
			Evidence evidence, Map<String, String> errors, Writing writing) {
		LocalDate today = this.clock.instant().atZone(newsletter.zone()).toLocalDate();
		try {
			LocalDate date = LocalDate.parse(Objects.requireNonNullElse(until, ""));
			if (date.isAfter(today) && !date.isAfter(today.plusYears(1))) {
				this.preferences.pause(subscriber.id(), newsletter, date, evidence);
				return writing.tell("savedPause", newsletter.name(), writing.when("pageDate", date));
			}
		}
		catch (DateTimeException ex) {
			// Falls through to the same advice.
		}
		errors.put("until", writing.tell("wrongPause", writing.when("pageDate", today.plusDays(1))));
		return null;
	}

}
