package dev.postrider.staff.web;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

import dev.postrider.staff.account.Account;
import dev.postrider.staff.account.Accounts;
import dev.postrider.staff.account.StaffUser;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Looks at the account anew with every request (one row by its key), so that a changed
 * role holds at once and a session ends when its account is disabled or its password
 * changes.
 */
class CurrentAccountFilter extends OncePerRequestFilter {

	private final Accounts accounts;

	CurrentAccountFilter(Accounts accounts) {
		this.accounts = accounts;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		StaffUser user = StaffUser.of(SecurityContextHolder.getContext().getAuthentication());
		if (user != null) {
			Optional<Account> account = this.accounts.find(user.id())
				.filter((found) -> !found.isDisabled() && Objects.equals(found.stamp(), user.stamp()));
			if (account.isPresent()) {
				Logins.enter(account.get());
			}
			else {
				leave(request);
			}
		}
		chain.doFilter(request, response);
	}

	private static void leave(HttpServletRequest request) {
		SecurityContextHolder.clearContext();
		HttpSession session = request.getSession(false);
		if (session != null) {
			session.invalidate();
		}
	}

}
