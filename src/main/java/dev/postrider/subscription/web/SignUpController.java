package dev.postrider.subscription.web;

import java.time.DayOfWeek;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.ConsentWording;
import dev.postrider.subscription.list.Days;
import dev.postrider.subscription.list.Evidence;
import dev.postrider.subscription.list.SubscriptionSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * The sign-up form, on its own page and embedded in the news site.
 */
@Controller
class SignUpController {

	private static final String DEFAULT_SLUG = "highlights";

	/** The only page of ours that may stand in another site's frame. */
	private static final String EMBED_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; "
			+ "form-action 'self'; frame-ancestors *; base-uri 'none'";

	private final Newsletters newsletters;

	private final SignUpDesk desk;

	private final SubscriptionSettings settings;

	SignUpController(Newsletters newsletters, SignUpDesk desk, SubscriptionSettings settings) {
		this.newsletters = newsletters;
		this.desk = desk;
		this.settings = settings;
	}

	@GetMapping("/")
	ModelAndView form(@RequestParam(defaultValue = DEFAULT_SLUG) String newsletter) {
		return this.newsletters.find(newsletter)
			.map((it) -> page("subscription/sign-up", it, SignUpForm.blank(it), Map.of()))
			.orElseGet(SignUpController::noSuchNewsletter);
	}

	@PostMapping("/subscribe")
	ModelAndView subscribe(@RequestParam MultiValueMap<String, String> fields, HttpServletRequest request) {
		String slug = Optional.ofNullable(fields.getFirst("newsletter")).orElse(DEFAULT_SLUG);
		return this.newsletters.find(slug)
			.map((it) -> take("subscription/sign-up", it, SignUpForm.of(fields), request))
			.orElseGet(SignUpController::noSuchNewsletter);
	}

	@GetMapping("/embed/{slug}")
	ModelAndView embedded(@PathVariable String slug, HttpServletResponse response) {
		response.setHeader("Content-Security-Policy", EMBED_POLICY);
		return this.newsletters.find(slug)
			.map((it) -> page("subscription/embed", it, SignUpForm.blank(it), Map.of()))
			.orElseGet(SignUpController::noSuchNewsletter);
	}

	@PostMapping("/embed/{slug}")
	ModelAndView subscribeEmbedded(@PathVariable String slug, @RequestParam MultiValueMap<String, String> fields,
			HttpServletRequest request, HttpServletResponse response) {
		response.setHeader("Content-Security-Policy", EMBED_POLICY);
		return this.newsletters.find(slug)
			.map((it) -> take("subscription/embed", it, SignUpForm.of(fields), request))
			.orElseGet(SignUpController::noSuchNewsletter);
	}

	private ModelAndView take(String view, Newsletter newsletter, SignUpForm form, HttpServletRequest request) {
		SignUpDesk.Outcome outcome = this.desk.take(form, newsletter, request, Evidence.Channel.FORM);
		Duration wait = outcome.retryAfter();
		if (wait != null) {
			ModelAndView page = page(view, newsletter, form, Map.of("form", "There were too many sign-ups. Please wait "
					+ Math.max(1, wait.toMinutes()) + " min and send the form again."));
			page.setStatus(HttpStatus.TOO_MANY_REQUESTS);
			return page;
		}
		ModelAndView page = page(view, newsletter, form, outcome.errors());
		if (outcome.errors().isEmpty()) {
			page.addObject("sent", true);
		}
		else {
			page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return page;
	}

	private ModelAndView page(String view, Newsletter newsletter, SignUpForm form, Map<String, String> errors) {
		return new ModelAndView(view,
				Map.of("newsletter", newsletter, "form", form, "errors", errors, "sent", false, "days",
						dayOptions(newsletter), "daysSentence", Days.sentence(newsletter.days()), "topics",
						this.settings.topics(), "wording", ConsentWording.of(newsletter).text(), "hours",
						this.settings.confirmWithin().toHours()));
	}

	static List<DayOption> dayOptions(Newsletter newsletter) {
		return EnumSet.copyOf(newsletter.days()).stream().map(DayOption::of).toList();
	}

	private static ModelAndView noSuchNewsletter() {
		return new ModelAndView("subscription/note",
				Map.of("title", "There is no such newsletter", "text", "Check the address, or go to the sign-up page."),
				HttpStatus.NOT_FOUND);
	}

	/**
	 * A day as a form offers it.
	 *
	 * @param code such as {@code MON}
	 * @param name such as Monday
	 */
	public record DayOption(String code, String name) {

		static DayOption of(DayOfWeek day) {
			return new DayOption(Days.code(day), Days.name(day));
		}

	}

}
