package dev.postrider.staff.web;

import java.util.Optional;

import dev.postrider.staff.account.Account;
import dev.postrider.staff.account.Accounts;
import dev.postrider.staff.account.Invitations;
import dev.postrider.staff.account.OneTimeLinks;
import dev.postrider.staff.account.OneTimeLinks.Link;
import dev.postrider.staff.account.OneTimeLinks.Purpose;
import dev.postrider.staff.account.StaffException;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Taking up an invitation, or becoming the first admin.
 */
@Controller
@RequestMapping("/invite/{token}")
class InviteController {

	private static final String FORM = "staff/invite";

	private static final String GONE = "staff/link-gone";

	private final OneTimeLinks links;

	private final Accounts accounts;

	private final Invitations invitations;

	InviteController(OneTimeLinks links, Accounts accounts, Invitations invitations) {
		this.links = links;
		this.accounts = accounts;
		this.invitations = invitations;
	}

	@GetMapping
	String form(@PathVariable String token, Model model, HttpServletResponse response) {
		Optional<Link> link = link(token);
		if (link.isEmpty()) {
			response.setStatus(HttpStatus.GONE.value());
			return GONE;
		}
		Account account = account(link.get());
		model.addAttribute("first", account == null);
		if (account != null) {
			model.addAttribute("email", account.email());
			model.addAttribute("name", account.name());
		}
		return FORM;
	}

	@PostMapping
	String accept(@PathVariable String token, @RequestParam(defaultValue = "") String email,
			@RequestParam(defaultValue = "") String name, @RequestParam(defaultValue = "") String password, Model model,
			RedirectAttributes next, HttpServletResponse response) {
		Optional<Link> link = link(token);
		if (link.isEmpty()) {
			response.setStatus(HttpStatus.GONE.value());
			return GONE;
		}
		Account account = account(link.get());
		String address = (account != null) ? account.email() : email;
		Entries entries = new Entries().email("email", address)
			.name("name", name)
			.password("password", password, address);
		if (entries.isRight()) {
			try {
				take(token, account, address, name, password);
				next.addFlashAttribute("notice", "Your account is ready. Log in with " + address.strip() + ".");
				return "redirect:/login";
			}
			catch (StaffException ex) {
				entries.objection("email", Optional.of(String.valueOf(ex.getMessage())));
			}
		}
		response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
		model.addAttribute("first", account == null)
			.addAttribute("email", address)
			.addAttribute("name", name)
			.addAttribute("errors", entries.errors());
		return FORM;
	}

	private void take(String token, @Nullable Account account, String email, String name, String password) {
		if (account != null) {
			this.invitations.accept(token, name, password);
		}
		else {
			this.invitations.acceptFirst(token, email, name, password);
		}
	}

	private Optional<Link> link(String token) {
		return this.links.find(token)
			.filter((link) -> link.purpose() == Purpose.FIRST_ADMIN || link.purpose() == Purpose.INVITE)
			.filter((link) -> link.purpose() == Purpose.FIRST_ADMIN || account(link) != null);
	}

	private @Nullable Account account(Link link) {
		return Optional.ofNullable(link.accountId())
			.flatMap(this.accounts::find)
			.filter((account) -> !account.isDisabled())
			.orElse(null);
	}

}
