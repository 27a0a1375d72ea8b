package dev.postrider.staff.web;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;

/**
 * Sends who is not logged in to the login; a part of a page that renews itself takes the
 * whole page there.
 */
class LoginEntryPoint extends LoginUrlAuthenticationEntryPoint {

	LoginEntryPoint() {
		super("/login");
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
			throws IOException, ServletException {
		if (StaffPaths.isFragment(request)) {
			response.setHeader("HX-Redirect", "/login");
			response.setStatus(HttpStatus.UNAUTHORIZED.value());
			return;
		}
		super.commence(request, response, cause);
	}

}
