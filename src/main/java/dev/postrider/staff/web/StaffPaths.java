package dev.postrider.staff.web;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Which addresses belong to the staff.
 */
final class StaffPaths {

	/** All with sessions and CSRF tokens. */
	static final String[] ALL = { "/login/**", "/logout", "/invite/**", "/reset/**", "/desk/**", "/monitor/**",
			"/account/**" };

	/** Those that want a login. */
	static final String[] INSIDE = { "/desk/**", "/monitor/**", "/account/**" };

	private static final String HTMX = "HX-Request";

	private StaffPaths() {
	}

	/** Whether a part of a page asks for itself, by script. */
	static boolean isFragment(HttpServletRequest request) {
		return request.getHeader(HTMX) != null;
	}

	/** Whether somebody who had to log in first should then see this. */
	static boolean isPageToReturnTo(HttpServletRequest request) {
		String path = request.getRequestURI();
		return request.getMethod().equals("GET") && !isFragment(request) && !path.startsWith("/login")
				&& !"iframe".equals(request.getHeader("Sec-Fetch-Dest"));
	}

}
