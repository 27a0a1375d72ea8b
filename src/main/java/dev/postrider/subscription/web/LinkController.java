package dev.postrider.subscription.web;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import dev.postrider.mail.Writing;
import dev.postrider.subscription.list.AddressGate;
import dev.postrider.subscription.list.EmailAddress;
import dev.postrider.subscription.list.LinkRequests;
import dev.postrider.subscription.list.RefusedAddressException;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * The way to the preferences for who has no mail of ours at hand: type the address, and
 * the link comes to it. The answer is the same whoever's address it is.
 */
@Controller
class LinkController {

	private final LinkRequests requests;

	private final SignUpLimits limits;

	private final ReaderPages pages;

	LinkController(LinkRequests requests, SignUpLimits limits, ReaderPages pages) {
		this.requests = requests;
		this.limits = limits;
		this.pages = pages;
	}

	@GetMapping("/preferences")
	ModelAndView form(HttpServletRequest request) {
		this.pages.writing(request);
		return page("", "", false, HttpStatus.OK);
	}

	@PostMapping("/preferences")
	ModelAndView ask(@RequestParam(defaultValue = "") String email, HttpServletRequest request) {
		Writing writing = this.pages.writing(request);
		String typed = SignUpForm.trim(email);
		try {
			EmailAddress address = AddressGate.admit(typed);
			Optional<Duration> wait = this.limits.count(WebEvidence.ip(request), address);
			if (wait.isPresent()) {
				return page(typed, writing.tell("tooManyRequests", SignUpController.minutes(wait.get(), writing)),
						false, HttpStatus.TOO_MANY_REQUESTS);
			}
			this.requests.ask(address);
			return page(typed, "", true, HttpStatus.OK);
		}
		catch (RefusedAddressException ex) {
			return page(typed, ex.in(writing), false, HttpStatus.UNPROCESSABLE_CONTENT);
		}
	}

	private static ModelAndView page(String email, String error, boolean sent, HttpStatus status) {
		return new ModelAndView("subscription/link", Map.of("email", email, "error", error, "sent", sent), status);
	}

}
