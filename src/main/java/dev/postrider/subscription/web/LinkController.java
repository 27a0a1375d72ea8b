package dev.postrider.subscription.web;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

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

	LinkController(LinkRequests requests, SignUpLimits limits) {
		this.requests = requests;
		this.limits = limits;
	}

	@GetMapping("/preferences")
	ModelAndView form() {
		return page("", "", false, HttpStatus.OK);
	}

	@PostMapping("/preferences")
	ModelAndView ask(@RequestParam(defaultValue = "") String email, HttpServletRequest request) {
		String typed = SignUpForm.trim(email);
		try {
			EmailAddress address = AddressGate.admit(typed);
			Optional<Duration> wait = this.limits.count(WebEvidence.ip(request), address);
			if (wait.isPresent()) {
				return page(typed, "There were too many requests. Please wait " + Math.max(1, wait.get().toMinutes())
						+ " min and send the form again.", false, HttpStatus.TOO_MANY_REQUESTS);
			}
			this.requests.ask(address);
			return page(typed, "", true, HttpStatus.OK);
		}
		catch (RefusedAddressException ex) {
			return page(typed, String.valueOf(ex.getMessage()), false, HttpStatus.UNPROCESSABLE_CONTENT);
		}
	}

	private static ModelAndView page(String email, String error, boolean sent, HttpStatus status) {
		return new ModelAndView("subscription/link", Map.of("email", email, "error", error, "sent", sent), status);
	}

}
