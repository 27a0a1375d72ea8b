package dev.postrider.staff.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;

/**
 * Keeps forms' tokens in the session of those who have one, where no neighbouring site
 * can plant its own, and in a cookie for strangers, whom a form gives no session.
 */
class StaffCsrfTokens implements CsrfTokenRepository {

	private final CsrfTokenRepository session;

	private final CsrfTokenRepository cookie;

	StaffCsrfTokens() {
		HttpSessionCsrfTokenRepository inSession = new HttpSessionCsrfTokenRepository();
		CookieCsrfTokenRepository inCookie = new CookieCsrfTokenRepository();
		inCookie.setCookieName("POSTRIDER_FORM");
		inCookie.setHeaderName("X-CSRF-TOKEN");
		inCookie.setCookieCustomizer((made) -> made.sameSite("Lax"));
		this.session = inSession;
		this.cookie = inCookie;
	}

	@Override
	public CsrfToken generateToken(HttpServletRequest request) {
		return at(request).generateToken(request);
	}

	@Override
	public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
		at(request).saveToken(token, request, response);
	}

	@Override
	public @Nullable CsrfToken loadToken(HttpServletRequest request) {
		return at(request).loadToken(request);
	}

	private CsrfTokenRepository at(HttpServletRequest request) {
		return (request.getSession(false) != null) ? this.session : this.cookie;
	}

}
