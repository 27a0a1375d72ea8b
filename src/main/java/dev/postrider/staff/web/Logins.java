package dev.postrider.staff.web;

import dev.postrider.staff.account.Account;
import dev.postrider.staff.account.StaffUser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/**
 * Who the session of a browser stands for.
 */
@Component
class Logins {

	private final SecurityContextRepository sessions = new HttpSessionSecurityContextRepository();

	/** What Spring Security holds for somebody logged in. */
	static Authentication authentication(Account account) {
		StaffUser user = StaffUser.of(account);
		return UsernamePasswordAuthenticationToken.authenticated(user, null, user.authorities());
	}

	/** Makes an account the one of this request. */
	static SecurityContext enter(Account account) {
		SecurityContext context = SecurityContextHolder.createEmptyContext();
		context.setAuthentication(authentication(account));
		SecurityContextHolder.setContext(context);
		return context;
	}

	/** Keeps this browser logged in after the account's stamp has changed. */
	void renew(Account account, HttpServletRequest request, HttpServletResponse response) {
		request.changeSessionId();
		this.sessions.saveContext(enter(account), request, response);
	}

}
