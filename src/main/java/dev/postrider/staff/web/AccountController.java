package dev.postrider.staff.web;

import java.util.Map;
import java.util.Optional;

import dev.postrider.staff.Audit;
import dev.postrider.staff.account.Account;
import dev.postrider.staff.account.Accounts;
import dev.postrider.staff.account.ApiTokens;
import dev.postrider.staff.account.StaffUser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * One's own account: password and API tokens.
 */
@Controller
@RequestMapping("/account")
class AccountController {

	private static final String PAGE = "staff/account";

	private static final String BACK = "redirect:/account";

	private final Accounts accounts;

	private final ApiTokens tokens;

	private final PasswordEncoder encoder;

	private final Audit audit;

	private final Logins logins;

	AccountController(Accounts accounts, ApiTokens tokens, PasswordEncoder encoder, Audit audit, Logins logins) {
		this.accounts = accounts;
		this.tokens = tokens;
		this.encoder = encoder;
		this.audit = audit;
		this.logins = logins;
	}

	@GetMapping
	String page(@AuthenticationPrincipal StaffUser user, Model model) {
		model.addAttribute("role", user.role().name());
		model.addAttribute("tokens", this.tokens.list(user.id()).stream().map(TokenRow::of).toList());
		return PAGE;
	}

	@PostMapping("/password")
	String changePassword(@AuthenticationPrincipal StaffUser user, @RequestParam(defaultValue = "") String current,
			@RequestParam(defaultValue = "") String password, Model model, RedirectAttributes next,
			HttpServletRequest request, HttpServletResponse response) {
		Account account = this.accounts.find(user.id()).orElseThrow();
		Entries entries = new Entries().password("password", password, user.email());
		if (!this.encoder.matches(current, this.accounts.passwordOf(account).orElse(""))) {
			entries.objection("current", Optional.of("This is not your current password."));
		}
		if (!entries.isRight()) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			model.addAttribute("errors", entries.errors());
			return page(user, model);
		}
		this.accounts.setPassword(user.id(), password);
		this.audit.record("account.password", user.email(), null);
		this.logins.renew(this.accounts.find(user.id()).orElseThrow(), request, response);
		next.addFlashAttribute("notice",
				"Your password is changed. Other browsers that were logged in are logged out.");
		return BACK;
	}

	@PostMapping("/tokens")
	String createToken(@AuthenticationPrincipal StaffUser user, @RequestParam(defaultValue = "") String name,
			Model model, RedirectAttributes next, HttpServletResponse response) {
		Entries entries = new Entries().name("name", name);
		if (!entries.isRight()) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			model.addAttribute("errors", entries.errors()).addAttribute("name", name);
			return page(user, model);
		}
		String token = this.tokens.create(user.id(), name);
		this.audit.record("token.create", name.strip(), null);
		next.addFlashAttribute("newToken", Map.of("name", name.strip(), "token", token));
		return BACK;
	}

	@PostMapping("/tokens/{id}/revoke")
	String revokeToken(@AuthenticationPrincipal StaffUser user, @PathVariable long id, RedirectAttributes next) {
		Optional<String> name = this.tokens.revoke(user.id(), id);
		name.ifPresent((revoked) -> {
			this.audit.record("token.revoke", revoked, null);
			next.addFlashAttribute("notice", "The token “" + revoked + "” is revoked.");
		});
		return BACK;
	}

	/**
	 * A token as the page shows it.
	 */
	public record TokenRow(long id, String name, String created, String lastUsed) {

		static TokenRow of(ApiTokens.ApiToken token) {
			return new TokenRow(token.id(), token.name(), Moments.text(token.createdAt()),
					Moments.text(token.lastUsedAt()));
		}

	}

}
