package dev.postrider.staff.web;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The login page. Spring Security takes the form.
 */
@Controller
class LoginController {

	@GetMapping("/login")
	String form(@Nullable Authentication authentication, HttpServletRequest request, Model model) {
		if (authentication != null) {
			return "redirect:/desk";
		}
		model.addAttribute("out", request.getParameter("out") != null);
		return "staff/login";
	}

	/** Where a refused login is forwarded to. */
	@PostMapping("/login/failed")
	String failed(@RequestParam(defaultValue = "") String email,
			@RequestAttribute(name = "wait", required = false) @Nullable Long minutes, Model model) {
		model.addAttribute("email", email);
		model.addAttribute("error",
				(minutes == null) ? "That address and password do not go together. Try again."
						: "Too many attempts. Wait " + ((minutes == 1) ? "a minute" : minutes + " minutes")
								+ " and try again.");
		return "staff/login";
	}

}
