package dev.postrider.staff.web;

import java.util.Optional;

import dev.postrider.staff.Audit;
import dev.postrider.staff.Role;
import dev.postrider.staff.account.Account;
import dev.postrider.staff.account.Accounts;
import dev.postrider.staff.account.Invitations;
import dev.postrider.staff.account.StaffException;
import dev.postrider.staff.account.StaffUser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.RequestContextUtils;

/**
 * The admins' page of accounts: who works here, invitations, roles.
 */
@Controller
@RequestMapping("/monitor/staff")
class StaffController {

	private static final String PAGE = "staff/staff";

	private static final String BACK = "redirect:/monitor/staff";

	private final Accounts accounts;

	private final Invitations invitations;

	private final Audit audit;

	StaffController(Accounts accounts, Invitations invitations, Audit audit) {
		this.accounts = accounts;
		this.invitations = invitations;
		this.audit = audit;
	}

	@GetMapping
	String page(@AuthenticationPrincipal StaffUser user, Model model) {
		model.addAttribute("members",
				this.accounts.all().stream().map((account) -> MemberRow.of(account, user)).toList());
		return PAGE;
	}

	@PostMapping
	String invite(@AuthenticationPrincipal StaffUser user, @RequestParam(defaultValue = "") String email,
			@RequestParam(defaultValue = "") String name, @RequestParam(defaultValue = "EDITOR") Role role, Model model,
			RedirectAttributes next, HttpServletResponse response) {
		Entries entries = new Entries().email("email", email).name("name", name);
		if (entries.isRight()) {
			try {
				show(this.invitations.invite(email, name, role), name.strip(), next);
				return BACK;
			}
			catch (StaffException ex) {
				entries.objection("email", Optional.of(String.valueOf(ex.getMessage())));
			}
		}
		response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
		model.addAttribute("email", email)
			.addAttribute("name", name)
			.addAttribute("role", role.name())
			.addAttribute("errors", entries.errors());
		return page(user, model);
	}

	@PostMapping("/{id}/invite")
	String renew(@PathVariable long id, RedirectAttributes next) {
		Account account = find(id);
		show(this.invitations.renew(account), account.name(), next);
		return BACK;
	}

	private static void show(String link, String name, RedirectAttributes next) {
		next.addFlashAttribute("invitation", new Invitation(name, link));
	}

	@PostMapping("/{id}/role")
	String changeRole(@AuthenticationPrincipal StaffUser user, @PathVariable long id, @RequestParam Role role,
			RedirectAttributes next) {
		Account account = notOneself(id, user);
		this.accounts.changeRole(id, role);
		this.audit.record("account.role", account.email(), account.role() + " to " + role);
		next.addFlashAttribute("notice",
				account.name() + " is " + ((role == Role.ADMIN) ? "an admin" : "an editor") + " now.");
		return BACK;
	}

	@PostMapping("/{id}/disable")
	String disable(@AuthenticationPrincipal StaffUser user, @PathVariable long id, RedirectAttributes next) {
		Account account = notOneself(id, user);
		this.accounts.disable(id);
		this.audit.record("account.disable", account.email(), null);
		next.addFlashAttribute("notice",
				account.name() + " is logged out and can do nothing any more. You can let them in again below.");
		return BACK;
	}

	@PostMapping("/{id}/enable")
	String enable(@PathVariable long id, RedirectAttributes next) {
		Account account = find(id);
		this.accounts.enable(id);
		this.audit.record("account.enable", account.email(), null);
		next.addFlashAttribute("notice", account.name() + " can log in again.");
		return BACK;
	}

	private Account find(long id) {
		return this.accounts.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

	private Account notOneself(long id, StaffUser user) {
		if (id == user.id()) {
			throw new StaffException("You cannot do this to your own account. Ask another admin.");
		}
		return find(id);
	}

	@ExceptionHandler
	String refused(StaffException cause, HttpServletRequest request) {
		RequestContextUtils.getOutputFlashMap(request).put("failure", cause.getMessage());
		return BACK;
	}

	/**
	 * An account as the page shows it.
	 */
	public record MemberRow(long id, String name, String email, String role, boolean invited, boolean disabled,
			boolean oneself, String lastLogin) {

		static MemberRow of(Account account, StaffUser user) {
			return new MemberRow(account.id(), account.name(), account.email(), account.role().name(),
					account.isInvited(), account.isDisabled(), account.id() == user.id(),
					Moments.text(account.lastLoginAt()));
		}

	}

	/**
	 * An invitation just made.
	 */
	public record Invitation(String name, String link) {
	}

}
