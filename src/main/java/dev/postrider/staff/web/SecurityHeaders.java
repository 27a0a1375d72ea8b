package dev.postrider.staff.web;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer.FrameOptionsConfig;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * The headers of every answer. A controller that has set a policy of its own (for the
 * form to embed, or a mail shown in a frame) keeps it: these are added last and overwrite
 * nothing.
 */
final class SecurityHeaders {

	static final String NO_PAGE = "default-src 'none'; frame-ancestors 'none'";

	static final String READER_PAGE = "default-src 'none'; style-src 'self'; img-src 'self' https: data:; "
			+ "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

	static final String STAFF_PAGE = READER_PAGE + "; script-src 'self'; connect-src 'self'; frame-src 'self'";

	private static final long YEAR_IN_SECONDS = 365L * 24 * 60 * 60;

	private SecurityHeaders() {
	}

	static void apply(HttpSecurity http, String contentSecurityPolicy) {
		// No X-Frame-Options: frame-ancestors says it better, and can be said differently
		// page by page. Referrers stay within the site, because addresses hold tokens.
		http.headers((headers) -> headers.frameOptions(FrameOptionsConfig::disable)
			.contentSecurityPolicy((policy) -> policy.policyDirectives(contentSecurityPolicy))
			.referrerPolicy((policy) -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
			.httpStrictTransportSecurity((https) -> https.includeSubDomains(false).maxAgeInSeconds(YEAR_IN_SECONDS)));
	}

}
