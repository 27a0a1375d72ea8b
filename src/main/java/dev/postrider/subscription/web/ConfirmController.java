package dev.postrider.subscription.web;

import java.net.URI;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.postrider.mail.Writing;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.PublicationCalendar;
import dev.postrider.subscription.ReaderLinks;
import dev.postrider.subscription.list.Confirmations;
import dev.postrider.subscription.list.Confirmations.Confirmation;
import dev.postrider.subscription.list.Confirmations.State;
import dev.postrider.subscription.list.Days;
import dev.postrider.subscription.list.Evidence;
import dev.postrider.subscription.list.SubscriptionSettings;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * The page behind the confirmation mail's link. Programs that open every link of a mail
 * confirm nothing: only the button does.
 */
@Controller
class ConfirmController {

	private final Confirmations confirmations;

	private final ReaderLinks links;

	private final SubscriptionSettings settings;

	private final ReaderPages pages;

	private final Clock clock;

	ConfirmController(Confirmations confirmations, ReaderLinks links, SubscriptionSettings settings, ReaderPages pages,
			Clock clock) {
		this.confirmations = confirmations;
		this.links = links;
		this.settings = settings;
		this.pages = pages;
		this.clock = clock;
	}

	@GetMapping("/confirm/{token}")
	ModelAndView look(@PathVariable String token, HttpServletRequest request) {
		return page(this.confirmations.look(token), request);
	}

	@PostMapping("/confirm/{token}")
	ModelAndView confirm(@PathVariable String token, @RequestParam(required = false) String again,
			HttpServletRequest request) {
		if (again != null) {
			Optional<Confirmation> found = this.confirmations.sendAgain(token);
			ModelAndView page = page(found, request);
			if (found.filter((it) -> it.state() == State.EXPIRED).isPresent()) {
				page.addObject("sentAgain", true);
				page.setStatus(HttpStatus.OK);
			}
			return page;
		}
		return page(this.confirmations.confirm(token, WebEvidence.of(request, Evidence.Channel.PAGE)), request);
	}

	private ModelAndView page(Optional<Confirmation> found, HttpServletRequest request) {
		return found.map((it) -> page(it, this.pages.writing(request, it.subscriber().id(), it.newsletter())))
			.orElseGet(() -> this.pages.unknownLink(request));
	}

	private ModelAndView page(Confirmation found, Writing writing) {
		Newsletter newsletter = found.newsletter();
		Set<DayOfWeek> days = found.subscription().daysOf(newsletter);
		Map<String, Object> model = new HashMap<>();
		model.put("newsletter", newsletter);
		model.put("address", ReaderPages.masked(found.subscriber(), writing));
		model.put("days", writing.days(days));
		model.put("state", found.state().name());
		model.put("sentAgain", false);
		if (found.state() == State.CONFIRMED_NOW) {
			String preferences = this.links.preferences(found.subscriber().id(), found.subscriber().moves());
			model.put("preferences", preferences);
			model.put("action", URI.create(preferences).getPath());
			model.put("options", SignUpController.dayOptions(newsletter, writing));
			model.put("chosenDays", days.stream().map(Days::code).toList());
			model.put("topics", this.settings.topics());
			model.put("chosenTopics", found.subscription().topics());
			model.put("next", next(newsletter, days, writing));
		}
		boolean gone = found.state() == State.EXPIRED || found.state() == State.OUTDATED;
		return new ModelAndView("subscription/confirm", model, gone ? HttpStatus.GONE : HttpStatus.OK);
	}

	/**
	 * When the reader's first edition comes:
	 * {@code Wed 25 November, 07:00 (Europe/Berlin)}.
	 */
	private String next(Newsletter newsletter, Set<DayOfWeek> days, Writing writing) {
		Instant after = this.clock.instant();
		for (int i = 0; i < 7; i++) {
			after = PublicationCalendar.next(newsletter, after).dueAt();
			ZonedDateTime due = after.atZone(newsletter.zone());
			if (days.contains(due.getDayOfWeek())) {
				return writing.tell("inZone", writing.when("pageMoment", due), newsletter.zone());
			}
		}
		return "";
	}

}
