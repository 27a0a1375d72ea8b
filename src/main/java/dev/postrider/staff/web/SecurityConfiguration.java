package dev.postrider.staff.web;

import dev.postrider.staff.account.Accounts;
import dev.postrider.staff.account.ApiTokens;
import dev.postrider.staff.account.AuditLog;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.savedrequest.CookieRequestCache;

/**
 * Three chains: the API by token, the staff's pages by login, and everything else open to
 * all, without a session or a cookie. Reader pages authorise by the token in their
 * address. Nobody has a session before logging in, so that strangers cannot fill the
 * memory with them.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	@Bean
	static PasswordEncoder passwordEncoder() {
		return PasswordEncoderFactories.createDelegatingPasswordEncoder();
	}

	@Bean
	static RoleHierarchy roleHierarchy() {
		return RoleHierarchyImpl.fromHierarchy("ROLE_ADMIN > ROLE_EDITOR");
	}

	@Bean
	@Order(1)
	SecurityFilterChain apiChain(HttpSecurity http, ApiTokens tokens, JsonMapper json) {
		ApiProblems problems = new ApiProblems(json);
		http.securityMatcher("/api/v1/**")
			.authorizeHttpRequests((requests) -> requests.requestMatchers(HttpMethod.POST, "/api/v1/subscriptions")
				.permitAll()
				.requestMatchers("/api/v1/runs/**", "/api/v1/deliveries/**", "/api/v1/subscribers/**",
						"/api/v1/relays/**", "/api/v1/providers/**", "/api/v1/newsletters/*/editions/*/pause",
						"/api/v1/newsletters/*/editions/*/resume", "/api/v1/newsletters/*/editions/*/retry",
						"/api/v1/newsletters/*/editions/*/retries")
				.hasRole("ADMIN")
				.anyRequest()
				.hasRole("EDITOR"))
			.addFilterBefore(new BearerTokenFilter(tokens, problems), AnonymousAuthenticationFilter.class)
			.exceptionHandling((errors) -> errors.authenticationEntryPoint(problems).accessDeniedHandler(problems));
		stateless(http);
		SecurityHeaders.apply(http, SecurityHeaders.NO_PAGE);
		return http.build();
	}

	@Bean
	@Order(2)
	SecurityFilterChain staffChain(HttpSecurity http, Accounts accounts, LoginOutcome outcome, AuditLog audit) {
		CookieRequestCache wanted = new CookieRequestCache();
		wanted.setRequestMatcher(StaffPaths::isPageToReturnTo);
		wanted.setCookieCustomizer((cookie) -> cookie.setAttribute("SameSite", "Lax"));
		outcome.setRequestCache(wanted);
		http.securityMatcher(StaffPaths.ALL)
			.authorizeHttpRequests((requests) -> requests.requestMatchers("/desk/**")
				.hasRole("EDITOR")
				.requestMatchers("/monitor/**")
				.hasRole("ADMIN")
				.requestMatchers("/account/**")
				.authenticated()
				.anyRequest()
				.permitAll())
			.addFilterBefore(new CurrentAccountFilter(accounts), AnonymousAuthenticationFilter.class)
			.formLogin((login) -> login.loginPage("/login")
				.usernameParameter("email")
				.successHandler(outcome)
				.failureHandler(outcome))
			.logout((logout) -> logout.logoutSuccessUrl("/login?out")
				.addLogoutHandler((request, response, login) -> audit.record("logout", audit.currentActor(), null))
				.deleteCookies("POSTRIDER"))
			.exceptionHandling((errors) -> errors.authenticationEntryPoint(new LoginEntryPoint())
				.accessDeniedHandler((request, response, cause) -> {
					request.setAttribute("formExpired", cause instanceof CsrfException);
					response.sendError(HttpStatus.FORBIDDEN.value());
				}))
			.csrf((csrf) -> csrf.csrfTokenRepository(new StaffCsrfTokens()))
			.requestCache((cache) -> cache.requestCache(wanted));
		SecurityHeaders.apply(http, SecurityHeaders.STAFF_PAGE);
		return http.build();
	}

	@Bean
	@Order(3)
	SecurityFilterChain publicChain(HttpSecurity http) {
		http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll());
		stateless(http);
		SecurityHeaders.apply(http, SecurityHeaders.READER_PAGE);
		return http.build();
	}

	private static void stateless(HttpSecurity http) {
		http.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.csrf(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.requestCache(AbstractHttpConfigurer::disable);
	}

}
