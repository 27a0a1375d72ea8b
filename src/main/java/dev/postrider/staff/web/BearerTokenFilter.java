package dev.postrider.staff.web;

import java.io.IOException;
import java.util.Optional;

import dev.postrider.staff.account.Account;
import dev.postrider.staff.account.ApiTokens;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Logs a program in by {@code Authorization: Bearer …}, for one request.
 */
class BearerTokenFilter extends OncePerRequestFilter {

	private static final String SCHEME = "Bearer ";

	private final ApiTokens tokens;

	private final ApiProblems problems;

	BearerTokenFilter(ApiTokens tokens, ApiProblems problems) {
		this.tokens = tokens;
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String header = request.getHeader(HttpHeaders.AUTHORIZATION);
		if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
			chain.doFilter(request, response);
			return;
		}
		Optional<Account> account = this.tokens.authenticate(header.substring(SCHEME.length()).strip());
		if (account.isEmpty()) {
			this.problems.commence(request, response, new BadCredentialsException("Unknown token"));
			return;
		}
		Logins.enter(account.get());
		chain.doFilter(request, response);
	}

}
