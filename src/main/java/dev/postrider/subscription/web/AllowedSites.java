package dev.postrider.subscription.web;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.postrider.subscription.SignUpForms;
import dev.postrider.subscription.list.SubscriptionSettings;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/**
 * Which sites may show the form in a frame (CSP's {@code frame-ancestors}) and send
 * sign-ups from a script (CORS).
 */
@Configuration(proxyBeanMethods = false)
class AllowedSites {

	private static final String SIGN_UP = "/api/v1/subscriptions";

	/** The only page of ours that may stand in another site's frame. */
	static String framePolicy(SignUpSettings settings) {
		String ancestors = String.join(" ", settings.origins());
		return SignUpController.FORM_POLICY + "; frame-ancestors 'self'" + (ancestors.isEmpty() ? "" : " " + ancestors);
	}

	@Bean
	SignUpForms signUpForms(SignUpSettings signUp, SubscriptionSettings settings) {
		return new SignUpForms() {

			@Override
			public List<String> origins() {
				return signUp.origins();
			}

			@Override
			public Optional<String> privacyNotice() {
				return Optional.ofNullable(settings.privacyNotice().url()).map(URI::toString);
			}

		};
	}

	/**
	 * Before the security chains, because a browser's first question carries no token.
	 * Whoever sends no {@code Origin} is no browser on a foreign page, and passes.
	 */
	@Bean
	FilterRegistrationBean<CorsFilter> signUpCors(SignUpSettings settings) {
		CorsConfiguration rules = new CorsConfiguration();
		rules.setAllowedOriginPatterns(settings.origins().stream().map(AllowedSites::pattern).toList());
		rules.setAllowedMethods(List.of(HttpMethod.POST.name()));
		rules.setAllowedHeaders(List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.ACCEPT));
		rules.setExposedHeaders(List.of(HttpHeaders.RETRY_AFTER));
		// Nobody is logged in to sign up: no cookie comes along.
		rules.setAllowCredentials(false);
		rules.setMaxAge(Duration.ofHours(1));
		UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
		source.registerCorsConfiguration(SIGN_UP, rules);
		FilterRegistrationBean<CorsFilter> filter = new FilterRegistrationBean<>(new CorsFilter(source));
		filter.addUrlPatterns(SIGN_UP);
		filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 100);
		return filter;
	}

	/** Any port is {@code :*} to CSP and {@code :[*]} to Spring. */
	private static String pattern(String origin) {
		return origin.endsWith(":*") ? origin.substring(0, origin.length() - 1) + "[*]" : origin;
	}

}
