package dev.postrider.subscription.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerInterceptor;
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

}
