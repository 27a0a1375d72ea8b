package dev.postrider.staff.web;

import java.util.Optional;

import dev.postrider.staff.account.Account;
import dev.postrider.staff.account.Accounts;
import dev.postrider.staff.account.OneTimeLinks;
import dev.postrider.staff.account.OneTimeLinks.Link;
import dev.postrider.staff.account.OneTimeLinks.Purpose;
import dev.postrider.staff.account.PasswordResets;
import dev.postrider.staff.account.StaffException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * A new password by mail. The answer and the time it takes are the same whether the
 * address has an account or not: the mail is made in the background.
 */
@Controller
class ResetController {

	private static final String FORM = "staff/reset";

	private static final String ASK = "staff/reset-request";

	private static final String GONE = "staff/link-gone";

	private final PasswordResets resets;

	private final OneTimeLinks links;

	private final Accounts accounts;

	private final LoginAttempts attempts;

	private final TaskExecutor background = new SimpleAsyncTaskExecutor("reset-");

	ResetController(PasswordResets resets, OneTimeLinks links, Accounts accounts, LoginAttempts attempts) {
		this.resets = resets;
		this.links = links;
		this.accounts = accounts;
		this.attempts = attempts;
	}

	@GetMapping("/reset")
	String ask() {
		return ASK;
	}

	@PostMapping("/reset")
	String request(@RequestParam(defaultValue = "") String email, HttpServletRequest request,
			HttpServletResponse response, Model model) {
		model.addAttribute("email", email);
		Entries entries = new Entries().email("email", email);
		if (!entries.isRight()) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			model.addAttribute("errors", entries.errors());
			return ASK;
		}
		if (this.attempts.isTooMany(request.getRemoteAddr())) {
			response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
			entries.objection("email", Optional.of("Too many requests from your network. Try again in a few minutes."));
			model.addAttribute("errors", entries.errors());
			return ASK;
		}
		this.background.execute(() -> this.resets.request(email));
		model.addAttribute("sent", true);
		return ASK;
	}

	@GetMapping("/reset/{token}")
	String form(@PathVariable String token, Model model, HttpServletResponse response) {
		Optional<Account> account = account(token);
		if (account.isEmpty()) {
			response.setStatus(HttpStatus.GONE.value());
			return GONE;
		}
		model.addAttribute("email", account.get().email());
		return FORM;
	}

	@PostMapping("/reset/{token}")
	String complete(@PathVariable String token, @RequestParam(defaultValue = "") String password, Model model,
			RedirectAttributes next, HttpServletResponse response) {
		Optional<Account> account = account(token);
		if (account.isEmpty()) {
			response.setStatus(HttpStatus.GONE.value());
			return GONE;
		}
		Entries entries = new Entries().password("password", password, account.get().email());
		if (!entries.isRight()) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			model.addAttribute("email", account.get().email()).addAttribute("errors", entries.errors());
			return FORM;
		}
		try {
			this.resets.complete(token, password);
		}
		catch (StaffException ex) {
			response.setStatus(HttpStatus.GONE.value());
			return GONE;
		}
		next.addFlashAttribute("notice", "Your password is changed. Log in with the new one.");
		return "redirect:/login";
	}

	private Optional<Account> account(String token) {
		return this.links.find(token)
			.filter((link) -> link.purpose() == Purpose.RESET)
			.map(Link::accountId)
			.flatMap(this.accounts::find)
			.filter((account) -> !account.isDisabled());
	}

}
