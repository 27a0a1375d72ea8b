package dev.postrider.staff.web;

import dev.postrider.staff.Role;
import dev.postrider.staff.account.StaffUser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Gives the staff's pages the attribute {@code account} for their frame: name, email,
 * admin.
 */
@Component
class AccountInModel implements HandlerInterceptor, WebMvcConfigurer {

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(this).addPathPatterns(StaffPaths.INSIDE);
	}

	@Override
	public void postHandle(HttpServletRequest request, HttpServletResponse response, Object handler,
			@Nullable ModelAndView page) {
		StaffUser user = StaffUser.of(SecurityContextHolder.getContext().getAuthentication());
		String view = (page != null) ? page.getViewName() : null;
		if (user != null && page != null && view != null && !view.startsWith("redirect:")) {
			page.addObject("account", new AccountView(user.name(), user.email(), user.role() == Role.ADMIN));
		}
	}

	/**
	 * Who is logged in.
	 *
	 * @param name for people
	 * @param email the address it logs in with
	 * @param admin whether it sees the monitor
	 */
	public record AccountView(String name, String email, boolean admin) {
	}

}
