package dev.postrider.staff.web;

import java.io.IOException;
import java.time.Duration;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.stereotype.Component;

/**
 * After a login: to the page that was wanted, or back to the form, which keeps the
 * address that was typed.
 */
@Component
class LoginOutcome extends SavedRequestAwareAuthenticationSuccessHandler implements AuthenticationFailureHandler {

	/** A working day. All other sessions end after the few minutes of the settings. */
	private static final Duration STAYS = Duration.ofHours(8);

	LoginOutcome() {
		setDefaultTargetUrl("/desk");
	}

	@Override
	public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response,
			Authentication authentication) throws ServletException, IOException {
		request.getSession().setMaxInactiveInterval((int) STAYS.toSeconds());
		super.onAuthenticationSuccess(request, response, authentication);
	}

	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException cause) throws IOException, ServletException {
		if (cause instanceof TooManyAttemptsException tooMany) {
			response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
			response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(tooMany.minutes() * 60));
			request.setAttribute("wait", tooMany.minutes());
		}
		else {
			response.setStatus(HttpStatus.UNAUTHORIZED.value());
		}
		request.getRequestDispatcher("/login/failed").forward(request, response);
	}

}
