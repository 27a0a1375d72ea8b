package dev.postrider.staff.web;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

import dev.postrider.staff.account.Account;
import dev.postrider.staff.account.Accounts;
import dev.postrider.staff.account.AuditLog;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Checks address and password. An unknown address costs as much time as a wrong password
 * and gets the same answer.
 */
@Component
class PasswordLogin implements AuthenticationProvider {

	private final Accounts accounts;

	private final PasswordEncoder encoder;

	private final LoginAttempts attempts;

	private final AuditLog audit;

	private final String nobodysPassword;

	PasswordLogin(Accounts accounts, PasswordEncoder encoder, LoginAttempts attempts, AuditLog audit) {
		this.accounts = accounts;
		this.encoder = encoder;
		this.attempts = attempts;
		this.audit = audit;
		this.nobodysPassword = Objects.requireNonNull(encoder.encode("nobody has this password"));
	}

	@Override
	public Authentication authenticate(Authentication login) {
		String email = login.getName();
		String ip = (login.getDetails() instanceof WebAuthenticationDetails details) ? details.getRemoteAddress() : "";
		Duration wait = this.attempts.begin(email, ip);
		if (!wait.isZero()) {
			throw new TooManyAttemptsException(wait);
		}
		Optional<Account> account = this.accounts.find(email);
		if (!matches(String.valueOf(login.getCredentials()), account.flatMap(this.accounts::passwordOf))) {
			account.ifPresent((known) -> this.audit.record(known, "login.failed", known.email()));
			throw new BadCredentialsException("Wrong address or password");
		}
		this.attempts.succeeded(email, ip);
		Account known = account.orElseThrow();
		this.accounts.loggedIn(known.id());
		this.audit.record(known, "login", known.email());
		return Logins.authentication(known);
	}

	private boolean matches(String password, Optional<String> encoded) {
		boolean match = this.encoder.matches(password, encoded.orElse(this.nobodysPassword));
		return match && encoded.isPresent();
	}

	@Override
	public boolean supports(@Nullable Class<?> type) {
		return UsernamePasswordAuthenticationToken.class.equals(type);
	}

}
