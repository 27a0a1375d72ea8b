package dev.postrider.subscription.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.postrider.mail.Writing;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.ConsentWording;
import dev.postrider.subscription.SignUpForms;
import dev.postrider.subscription.list.Days;
import dev.postrider.subscription.list.SubscriptionSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
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
 * The sign-up form, on its own page and embedded in the news site.
 */
@Controller
class SignUpController {

	private static final String DEFAULT_SLUG = "highlights";

	private static final String POLICY = "Content-Security-Policy";

	private static final CacheControl HOURLY = CacheControl.maxAge(Duration.ofHours(1)).cachePublic();

	/** The form's own script tells its height and does its work; there is no other. */
	static final String FORM_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
			+ "form-action 'self'; base-uri 'none'";

	private static final String OWN_PAGE = FORM_POLICY + "; frame-ancestors 'none'";

	private final Newsletters newsletters;

	private final SignUpDesk desk;

	private final ProofOfWork proof;

	private final SignUpForms forms;

	private final SubscriptionSettings settings;

	private final ReaderPages pages;

	private final String framePolicy;

	SignUpController(Newsletters newsletters, SignUpDesk desk, ProofOfWork proof, SignUpForms forms,
			SubscriptionSettings settings, SignUpSettings signUp, ReaderPages pages) {
		this.newsletters = newsletters;
		this.desk = desk;
		this.proof = proof;
		this.forms = forms;
		this.settings = settings;
		this.pages = pages;
		this.framePolicy = AllowedSites.framePolicy(signUp);
	}

	@GetMapping("/")
	ModelAndView form(@RequestParam(defaultValue = DEFAULT_SLUG) String newsletter, HttpServletRequest request,
			HttpServletResponse response) {
		response.setHeader(POLICY, OWN_PAGE);
		return this.newsletters.find(newsletter)
			.map((it) -> page(place("subscription/sign-up", it, request), SignUpForm.blank(it), Map.of()))
			.orElseGet(() -> this.pages.noNewsletter(request));
	}

	@PostMapping("/subscribe")
	ModelAndView subscribe(@RequestParam MultiValueMap<String, String> fields, HttpServletRequest request,
			HttpServletResponse response) {
		response.setHeader(POLICY, OWN_PAGE);
		String slug = Optional.ofNullable(fields.getFirst("newsletter")).orElse(DEFAULT_SLUG);
		return this.newsletters.find(slug)
			.map((it) -> take(place("subscription/sign-up", it, request), SignUpForm.of(fields), request))
			.orElseGet(() -> this.pages.noNewsletter(request));
	}

	@GetMapping("/embed/{slug}")
	ModelAndView embedded(@PathVariable String slug, HttpServletRequest request, HttpServletResponse response) {
		response.setHeader(POLICY, this.framePolicy);
		return this.newsletters.find(slug)
			.map((it) -> page(place("subscription/embed", it, request), SignUpForm.blank(it), Map.of()))
			.orElseGet(() -> this.pages.noNewsletter(request));
	}

	@PostMapping("/embed/{slug}")
	ModelAndView subscribeEmbedded(@PathVariable String slug, @RequestParam MultiValueMap<String, String> fields,
			HttpServletRequest request, HttpServletResponse response) {
		response.setHeader(POLICY, this.framePolicy);
		return this.newsletters.find(slug)
			.map((it) -> take(place("subscription/embed", it, request), SignUpForm.of(fields), request))
			.orElseGet(() -> this.pages.noNewsletter(request));
	}

	/**
	 * What a site loads beside the frame, so that the frame is as high as the form. Sites
	 * link to it for years, so its address never changes.
	 */
	@GetMapping("/embed.js")
	ResponseEntity<Resource> script() {
		return ResponseEntity.ok()
			.contentType(new MediaType("text", "javascript", StandardCharsets.UTF_8))
			.cacheControl(HOURLY)
			.body(new ClassPathResource("static/assets/embed.js"));
	}

	private Place place(String view, Newsletter newsletter, HttpServletRequest request) {
		return new Place(view, newsletter, this.pages.writing(request, newsletter));
	}

	private ModelAndView take(Place place, SignUpForm form, HttpServletRequest request) {
		SignUpDesk.Outcome outcome = this.desk.take(form, place.newsletter(), place.writing(), request);
		if (outcome instanceof SignUpDesk.Outcome.Taken) {
			return page(place, form, Map.of()).addObject("sent", true);
		}
		if (outcome instanceof SignUpDesk.Outcome.TooMany tooMany) {
			return page(place, form,
					Map.of("form",
							place.writing().tell("tooManySignUps", minutes(tooMany.retryAfter(), place.writing()))),
					HttpStatus.TOO_MANY_REQUESTS);
		}
		if (outcome instanceof SignUpDesk.Outcome.Question question) {
			return page(place, form, Map.of(), HttpStatus.UNPROCESSABLE_CONTENT).addObject("meant", question.meant());
		}
		if (outcome instanceof SignUpDesk.Outcome.Wrong wrong) {
			return page(place, form, wrong.errors(), HttpStatus.UNPROCESSABLE_CONTENT);
		}
		ModelAndView again = page(place, form, Map.of(), HttpStatus.UNPROCESSABLE_CONTENT).addObject("unsolved", true);
		return (outcome instanceof SignUpDesk.Outcome.Work work) ? again.addObject("challenge", work.challenge())
				: again;
	}

	/** How long to wait, in words. */
	static String minutes(Duration wait, Writing writing) {
		return writing.count("countMinutes", Math.max(1, wait.toMinutes()));
	}

	private ModelAndView page(Place place, SignUpForm form, Map<String, String> errors, HttpStatus status) {
		ModelAndView page = page(place, form, errors);
		page.setStatus(status);
		return page;
	}

	private ModelAndView page(Place place, SignUpForm form, Map<String, String> errors) {
		Newsletter newsletter = place.newsletter();
		Writing writing = place.writing();
		ModelAndView page = new ModelAndView(place.view(),
				Map.of("newsletter", newsletter, "form", form, "errors", errors, "sent", false, "days",
						dayOptions(newsletter, writing), "daysSentence", writing.days(newsletter.days()), "topics",
						this.settings.topics(), "wording", ConsentWording.of(newsletter, writing).text(), "hours",
						writing.count("countHours", this.settings.confirmWithin().toHours())));
		this.forms.privacyNotice().ifPresent((address) -> page.addObject("privacy", address));
		this.proof.wanted().ifPresent((challenge) -> page.addObject("challenge", challenge));
		page.addObject("contact", Objects.requireNonNullElse(newsletter.replyTo(), newsletter.senderEmail()));
		return page;
	}

	static List<DayOption> dayOptions(Newsletter newsletter, Writing writing) {
		return EnumSet.copyOf(newsletter.days())
			.stream()
			.map((day) -> new DayOption(Days.code(day), writing.day(day)))
			.toList();
	}

	/** Where a form stands, for what, and in which language. */
	private record Place(String view, Newsletter newsletter, Writing writing) {
	}

	/**
	 * A day as a form offers it.
	 *
	 * @param code such as {@code MON}
	 * @param name such as Monday
	 */
	public record DayOption(String code, String name) {
	}

}
