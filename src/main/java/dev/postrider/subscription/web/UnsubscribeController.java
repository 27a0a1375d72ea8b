package dev.postrider.subscription.web;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.postrider.mail.Writing;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.subscription.DepartureReason;
import dev.postrider.subscription.list.Days;
import dev.postrider.subscription.list.Departures;
import dev.postrider.subscription.list.Departures.Departure;
import dev.postrider.subscription.list.Evidence;
import dev.postrider.subscription.list.Evidence.Channel;
import dev.postrider.subscription.list.FewerMails;
import dev.postrider.subscription.list.FewerMails.Standing;
import dev.postrider.subscription.list.StoredDepartureReasons;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * Leaving: by mail programs with one POST (RFC 8058), by people with one button; or
 * getting less. The body says which; a POST that says neither changes nothing.
 */
@Controller
class UnsubscribeController {

	private static final String ONE_CLICK = "List-Unsubscribe=One-Click";

	private final Departures departures;

	private final FewerMails fewer;

	private final StoredDepartureReasons reasons;

	private final ReaderPages pages;

	UnsubscribeController(Departures departures, FewerMails fewer, StoredDepartureReasons reasons, ReaderPages pages) {
		this.departures = departures;
		this.fewer = fewer;
		this.reasons = reasons;
		this.pages = pages;
	}

	@GetMapping("/unsubscribe/{token}")
	ModelAndView look(@PathVariable String token, HttpServletRequest request) {
		return page(token, "", HttpStatus.OK, request);
	}

	@PostMapping(path = "/unsubscribe/{token}", params = ONE_CLICK)
	ResponseEntity<String> oneClick(@PathVariable String token, HttpServletRequest request) {
		boolean known = this.departures.leave(token, evidence(request, Channel.ONE_CLICK)).isPresent();
		return ResponseEntity.status(known ? HttpStatus.OK : HttpStatus.NOT_FOUND)
			.contentType(MediaType.TEXT_PLAIN)
			.body(known ? "Unsubscribed.\n" : "This is no unsubscribe link of ours.\n");
	}

	@PostMapping(path = "/unsubscribe/{token}", params = { "!List-Unsubscribe", "action=leave" })
	ModelAndView leave(@PathVariable String token, HttpServletRequest request) {
		this.departures.leave(token, evidence(request, Channel.PAGE));
		return page(token, "left", HttpStatus.OK, request);
	}

	@PostMapping(path = "/unsubscribe/{token}", params = { "!List-Unsubscribe", "action=undo" })
	ModelAndView undo(@PathVariable String token, HttpServletRequest request) {
		this.departures.undo(token, evidence(request, Channel.PAGE));
		return page(token, "back", HttpStatus.OK, request);
	}

	/** After leaving; who says nothing has left all the same. */
	@PostMapping(path = "/unsubscribe/{token}", params = { "!List-Unsubscribe", "action=reason" })
	ModelAndView tell(@PathVariable String token, @RequestParam(defaultValue = "") String reason,
			HttpServletRequest request) {
		Optional<DepartureReason> told = Arrays.stream(DepartureReason.values())
			.filter((it) -> it.name().equals(reason))
			.findFirst();
		told.ifPresent((it) -> this.reasons.note(token, it));
		return page(token, told.isPresent() ? "told" : "left", HttpStatus.OK, request);
	}

	/** One day only, or with {@code undo} the days there were before. */
	@PostMapping(path = "/unsubscribe/{token}", params = { "!List-Unsubscribe", "action=days" })
	ModelAndView days(@PathVariable String token, @RequestParam(defaultValue = "") List<String> days,
			@RequestParam(defaultValue = "false") boolean undo, HttpServletRequest request) {
		Set<DayOfWeek> wanted = days.stream().flatMap((day) -> Days.parse(day).stream()).collect(Collectors.toSet());
		Optional<Standing> before = this.fewer.choose(token, wanted, evidence(request, Channel.PAGE));
		if (before.isEmpty()) {
			return page(token, "", HttpStatus.UNPROCESSABLE_CONTENT, request);
		}
		ModelAndView page = page(token, undo ? "days-back" : "days", HttpStatus.OK, request);
		Newsletter newsletter = before.get().newsletter();
		page.addObject("before", before.get().subscription().daysOf(newsletter).stream().map(Days::code).toList());
		return page;
	}

	@PostMapping(path = "/unsubscribe/{token}", params = { "!List-Unsubscribe", "action=pause" })
	ModelAndView pause(@PathVariable String token, HttpServletRequest request) {
		boolean known = this.fewer.pause(token, true, evidence(request, Channel.PAGE)).isPresent();
		return page(token, known ? "paused" : "", known ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT, request);
	}

	@PostMapping(path = "/unsubscribe/{token}", params = { "!List-Unsubscribe", "action=resume" })
	ModelAndView resume(@PathVariable String token, HttpServletRequest request) {
		boolean known = this.fewer.pause(token, false, evidence(request, Channel.PAGE)).isPresent();
		return page(token, known ? "resumed" : "", known ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT, request);
	}

	/** A POST from nowhere: shows the button. */
	@PostMapping("/unsubscribe/{token}")
	ModelAndView unclear(@PathVariable String token, HttpServletRequest request) {
		return page(token, "", HttpStatus.BAD_REQUEST, request);
	}

	private ModelAndView page(String token, String done, HttpStatus status, HttpServletRequest request) {
		Departure found = this.departures.look(token).orElse(null);
		if (found == null) {
			return this.pages.unknownLink(request);
		}
		Writing writing = this.pages.writing(request, found.subscriber().id(), found.newsletter());
		Standing standing = this.fewer.look(token).orElse(null);
		Map<String, Object> model = new HashMap<>();
		model.put("newsletter", found.newsletter());
		model.put("address", ReaderPages.masked(found.subscriber(), writing));
		model.put("subscribed", found.subscribed());
		model.put("undoable", found.undoable());
		boolean told = found.subscribed() && (done.equals("left") || done.equals("told"));
		model.put("done", told ? "" : done);
		model.put("fewer", standing != null);
		model.put("options", SignUpController.dayOptions(found.newsletter(), writing));
		model.put("reasons", Arrays.stream(DepartureReason.values()).map((it) -> reason(it, writing)).toList());
		LocalDate until = (standing != null) ? standing.pausedUntil() : null;
		model.put("pausedUntil", (until != null) ? writing.when("pageDate", until) : "");
		Set<DayOfWeek> days = (standing != null) ? standing.subscription().daysOf(found.newsletter()) : Set.of();
		model.put("days", writing.days(days));
		return new ModelAndView("subscription/unsubscribe", model, status);
	}

	private static ReasonView reason(DepartureReason reason, Writing writing) {
		return new ReasonView(reason.name(), writing.say("leaving." + reason.name()));
	}

	private static Evidence evidence(HttpServletRequest request, Channel channel) {
		return WebEvidence.of(request, channel);
	}

	/**
	 * A reason as the form offers it.
	 *
	 * @param code what the form sends
	 * @param words what it says
	 */
	public record ReasonView(String code, String words) {
	}

}
