package dev.postrider.subscription.web;

import java.util.Map;
import java.util.Optional;

import dev.postrider.subscription.list.Departures;
import dev.postrider.subscription.list.Departures.Departure;
import dev.postrider.subscription.list.Evidence;
import dev.postrider.subscription.list.Evidence.Channel;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Leaving: by mail programs with one POST (RFC 8058), by people with one button. The body
 * says which; a POST that says neither changes nothing.
 */
@Controller
class UnsubscribeController {

	private static final String ONE_CLICK = "List-Unsubscribe=One-Click";

	private final Departures departures;

	UnsubscribeController(Departures departures) {
		this.departures = departures;
	}

	@GetMapping("/unsubscribe/{token}")
	ModelAndView look(@PathVariable String token) {
		return page(this.departures.look(token), "", HttpStatus.OK);
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
		return page(this.departures.leave(token, evidence(request, Channel.PAGE)), "left", HttpStatus.OK);
	}

	@PostMapping(path = "/unsubscribe/{token}", params = { "!List-Unsubscribe", "action=undo" })
	ModelAndView undo(@PathVariable String token, HttpServletRequest request) {
		return page(this.departures.undo(token, evidence(request, Channel.PAGE)), "back", HttpStatus.OK);
	}

	/** A POST from nowhere: shows the button. */
	@PostMapping("/unsubscribe/{token}")
	ModelAndView unclear(@PathVariable String token) {
		return page(this.departures.look(token), "", HttpStatus.BAD_REQUEST);
	}

	private static ModelAndView page(Optional<Departure> found, String done, HttpStatus status) {
		return found
			.map((it) -> new ModelAndView("subscription/unsubscribe",
					Map.of("newsletter", it.newsletter(), "address", it.subscriber().masked(), "subscribed",
							it.subscribed(), "undoable", it.undoable(), "done", done),
					status))
			.orElseGet(TokenPages::unknownLink);
	}

	private static Evidence evidence(HttpServletRequest request, Channel channel) {
		return WebEvidence.of(request, channel);
	}

}
