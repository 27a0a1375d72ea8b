package dev.postrider.subscription.web;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.subscription.list.Choice;
import dev.postrider.subscription.list.Days;
import dev.postrider.subscription.list.Evidence;
import dev.postrider.subscription.list.Look;
import dev.postrider.subscription.list.PersonalData;
import dev.postrider.subscription.list.Preferences;
import dev.postrider.subscription.list.Preferences.Item;
import dev.postrider.subscription.list.Subscriber;
import dev.postrider.subscription.list.SubscriptionSettings;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * What a reader can change: days, topics, a pause; and leave, see or erase everything.
 */
@Controller
class PreferencesController {

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE d MMMM yyyy", Locale.UK);

	private final Preferences preferences;

	private final PersonalData personalData;

	private final SubscriptionSettings settings;

	private final LookOptions looks;

	private final Clock clock;

	PreferencesController(Preferences preferences, PersonalData personalData, SubscriptionSettings settings,
			LookOptions looks, Clock clock) {
		this.preferences = preferences;
		this.personalData = personalData;
		this.settings = settings;
		this.looks = looks;
		this.clock = clock;
	}

	@GetMapping("/preferences/{token}")
	ModelAndView look(@PathVariable String token) {
		return this.preferences.find(token).map((it) -> page(it, null, Map.of())).orElseGet(TokenPages::unknownLink);
	}

	@PostMapping(path = "/preferences/{token}", params = "action=export")
	ResponseEntity<Map<String, Object>> export(@PathVariable String token) {
		return this.preferences.find(token)
			.map((it) -> ResponseEntity.ok()
				.contentType(MediaType.APPLICATION_JSON)
				.header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"my-data.json\"")
				.body(this.personalData.export(it.id())))
			.orElseGet(() -> ResponseEntity.notFound().build());
	}

	@PostMapping(path = "/preferences/{token}", params = "action=erase")
	ModelAndView erase(@PathVariable String token, @RequestParam(defaultValue = "false") boolean sure) {
		Optional<Subscriber> subscriber = this.preferences.find(token);
		if (subscriber.isPresent() && !sure) {
			return page(subscriber.get(), null, Map.of("sure", "Tick the box if you want everything erased."));
		}
		return subscriber.map((it) -> {
			this.personalData.erase(it.id(), Evidence.Channel.PAGE);
			return new ModelAndView("subscription/note",
					Map.of("title", "Your data is erased", "text",
							"We have forgotten your address and name, and you will get no more mail. "
									+ "You can sign up again at any time."));
		}).orElseGet(TokenPages::unknownLink);
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
		Newsletter newsletter = this.preferences.items(subscriber)
			.stream()
			.map(Item::newsletter)
			.filter((it) -> it.slug().equals(fields.getFirst("newsletter")))
			.findFirst()
			.orElse(null);
		if (newsletter == null) {
			errors.put("form", "You are no longer subscribed to that newsletter.");
			return page(subscriber, null, errors);
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
		ModelAndView page = page(subscriber, notice, errors);
		page.addObject("at", newsletter.slug());
		page.addObject("until", Objects.requireNonNullElse(fields.getFirst("until"), ""));
		return page;
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
				return "Paused. " + newsletter.name() + " comes again from " + DATE.format(date) + ".";
			}
		}
		catch (DateTimeException ex) {
			// Falls through to the same advice.
		}
		errors.put("until", "Enter the day on which mail should come again, from " + DATE.format(today.plusDays(1))
				+ " up to a year from now.");
		return null;
	}

	private ModelAndView page(Subscriber subscriber, @Nullable String notice, Map<String, String> errors) {
		Map<String, Object> model = new HashMap<>();
		model.put("address", subscriber.masked());
		model.put("items", this.preferences.items(subscriber).stream().map(this::view).toList());
		model.put("topics", this.settings.topics());
		model.put("errors", errors);
		model.put("at", "");
		model.put("until", "");
		if (notice != null) {
			model.put("notice", notice);
		}
		return new ModelAndView("subscription/preferences", model,
				errors.isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT);
	}

	private ItemView view(Item item) {
		Newsletter newsletter = item.newsletter();
		LocalDate today = this.clock.instant().atZone(newsletter.zone()).toLocalDate();
		LocalDate until = item.subscription().pausedUntil();
		boolean paused = until != null && until.isAfter(today);
		return new ItemView(newsletter, SignUpController.dayOptions(newsletter),
				item.subscription().daysOf(newsletter).stream().map(Days::code).toList(), item.subscription().topics(),
				(paused && until != null) ? DATE.format(until) : "", today.plusDays(1).toString(),
				today.plusYears(1).toString(), this.looks.languages(newsletter, item.subscription().look()),
				this.looks.designs(newsletter, item.subscription().look()));
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

}
