package dev.postrider.subscription.web;

import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Pages whose address is a key: no referrer carries it on, nothing stores the page, no
 * search engine lists it.
 */
@Configuration(proxyBeanMethods = false)
class TokenPages implements WebMvcConfigurer {

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(new HandlerInterceptor() {

			@Override
			public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
				response.setHeader("Referrer-Policy", "no-referrer");
				response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
				response.setHeader("X-Robots-Tag", "noindex");
				return true;
			}

		}).addPathPatterns("/confirm/**", "/unsubscribe/**", "/preferences/**", "/address/**");
	}

	/** The answer to a token that is none of ours. */
	static ModelAndView unknownLink() {
		return new ModelAndView("subscription/note",
				Map.of("lost", true, "title", "This link does not work", "text",
						"It may have been cut off on its way. Open it once more from the mail, "
								+ "or copy the whole address from there."),
				HttpStatus.NOT_FOUND);
	}

}
