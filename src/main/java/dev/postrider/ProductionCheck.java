package dev.postrider;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/**
 * Before anything connects: names all that production lacks at once, and refuses the
 * demo's values. The profiles {@code demo} and {@code test} are let pass.
 */
final class ProductionCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	/** DMARC of these lets nobody else send in their name. */
	private static final Set<String> FREE_MAILBOXES = Set.of("gmail.com", "googlemail.com", "yahoo.com", "ymail.com",
			"aol.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "icloud.com", "me.com", "gmx.de", "gmx.net",
			"web.de", "mail.ru", "proton.me", "protonmail.com");

	private static final int SECRET_LENGTH = 32;

	/** How its name and postal address begin, in lower case. */
	private static final String DEMO_NEWSROOM = "the averley courier";

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		Environment environment = context.getEnvironment();
		if (environment.acceptsProfiles(Profiles.of("demo | test"))) {
			return;
		}
		List<String> problems = problems(environment);
		if (!problems.isEmpty()) {
			throw new IncompleteException(problems);
		}
	}

	/** What is missing or wrong, one line each, without any secret's value. */
	static List<String> problems(Environment environment) {
		List<String> problems = new ArrayList<>();
		require(problems, environment, "spring.datasource.url", "SPRING_DATASOURCE_URL",
				"the database, such as jdbc:mysql://127.0.0.1:3306/postrider");
		// What is wrong with several, their module tells.
		if (value(environment, "postrider.mail.relays[0].host").isBlank()) {
			require(problems, environment, "spring.mail.host", "SPRING_MAIL_HOST",
					"the relay that takes the mail; SPRING_MAIL_PORT too if it is not 25");
		}
		if (require(problems, environment, "postrider.base-url", "POSTRIDER_BASE_URL",
				"where readers reach Postrider, such as https://newsletters.example.org")) {
			checkBaseUrl(problems, value(environment, "postrider.base-url"));
		}
		if (require(problems, environment, "postrider.newsletter.sender-email", "POSTRIDER_NEWSLETTER_SENDER_EMAIL",
				"the address the newsletter comes from")) {
			checkSender(problems, "POSTRIDER_NEWSLETTER_SENDER_EMAIL",
					value(environment, "postrider.newsletter.sender-email"));
		}
		refuseDemo(problems, environment, "postrider.newsletter.sender-name", "POSTRIDER_NEWSLETTER_SENDER_NAME");
		if (require(problems, environment, "postrider.newsletter.postal-address", "POSTRIDER_NEWSLETTER_POSTAL_ADDRESS",
				"the newsroom's postal address, which the law wants in every mail")) {
			refuseDemo(problems, environment, "postrider.newsletter.postal-address",
					"POSTRIDER_NEWSLETTER_POSTAL_ADDRESS");
		}
		checkSender(problems, "POSTRIDER_MAIL_FROM", value(environment, "postrider.mail.from"));
		if (require(problems, environment, "postrider.secret", "POSTRIDER_SECRET", "the key that signs links, at least "
				+ SECRET_LENGTH + " characters; make one with: openssl rand -base64 48")) {
			checkSecret(problems, value(environment, "postrider.secret"));
		}
		return problems;
	}

	private static boolean require(List<String> problems, Environment environment, String property, String variable,
			String meaning) {
		boolean missing = value(environment, property).isBlank();
		if (missing) {
			problems.add(variable + " is missing: " + meaning);
		}
		return !missing;
	}

	private static void checkBaseUrl(List<String> problems, String value) {
		String host;
		String scheme;
		try {
			URI uri = URI.create(value);
			scheme = String.valueOf(uri.getScheme());
			host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
		}
		catch (IllegalArgumentException ex) {
			problems.add("POSTRIDER_BASE_URL is " + value + ", which is no address");
			return;
		}
		if (isLocal(host)) {
			problems.add("POSTRIDER_BASE_URL is " + value + ": no reader can reach that, it is the demo's");
		}
		else if (!scheme.equals("https")) {
			problems.add("POSTRIDER_BASE_URL is " + value + ": it must begin with https://");
		}
	}

	private static boolean isLocal(String host) {
		return host.equals("localhost") || host.endsWith(".localhost") || host.startsWith("127.")
				|| host.equals("[::1]") || host.equals("null");
	}

	private static void checkSender(List<String> problems, String variable, String value) {
		String address = value.toLowerCase(Locale.ROOT);
		if (address.isEmpty()) {
			return;
		}
		if (!address.contains("@")) {
			problems.add(variable + " is " + value + ", which is no email address");
		}
		else if (address.endsWith(".example") || address.endsWith("@example") || address.endsWith("@localhost")) {
			problems.add(variable + " is " + value + ": that domain exists only in examples and in the demo");
		}
		else if (FREE_MAILBOXES.contains(address.substring(address.lastIndexOf('@') + 1))) {
			problems
				.add(variable + " is " + value + ": mail that says it comes from there is refused when it does not; "
						+ "use an address of the newsroom's own domain");
		}
	}

	/** The demo's newsroom does not exist. */
	private static void refuseDemo(List<String> problems, Environment environment, String property, String variable) {
		String value = value(environment, property);
		if (value.toLowerCase(Locale.ROOT).startsWith(DEMO_NEWSROOM)) {
			problems.add(variable + " is " + value + ": that is the demo's newsroom, which does not exist");
		}
	}

	private static void checkSecret(List<String> problems, String value) {
		if (value.startsWith("demo-only-")) {
			problems.add("POSTRIDER_SECRET is the demo's: make one of your own with: openssl rand -base64 48");
		}
		else if (value.length() < SECRET_LENGTH) {
			problems.add("POSTRIDER_SECRET has " + value.length() + " characters: it needs at least " + SECRET_LENGTH);
		}
	}

	private static String value(Environment environment, String property) {
		return environment.getProperty(property, "").strip();
	}

	/** Production lacks something. */
	static final class IncompleteException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		IncompleteException(List<String> problems) {
			super(problems.stream()
				.map((problem) -> "  - " + problem)
				.collect(Collectors.joining("\n", "Postrider is not set up for production yet:\n\n", "")));
		}

	}

	/** Shows it as words. */
	static final class Analyzer extends AbstractFailureAnalyzer<IncompleteException> {

		@Override
		protected FailureAnalysis analyze(Throwable rootFailure, IncompleteException cause) {
			return new FailureAnalysis(cause.getMessage(),
					"Set these environment variables (README.md, \"In production\", lists them all) and start again. "
							+ "To look around without setting up anything, run: mvn spring-boot:run",
					cause);
		}

	}

}
