package dev.postrider;

import java.io.IOException;
import java.util.List;
import java.util.Properties;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class ProductionCheckTests {

	private static final String SECRET = "0123456789abcdef0123456789abcdef";

	@Test
	void namesAllThatIsMissingAtOnce() {
		List<String> problems = ProductionCheck.problems(new MockEnvironment());

		assertThat(problems).extracting((problem) -> problem.split(" ")[0])
			.containsExactly("SPRING_DATASOURCE_URL", "SPRING_MAIL_HOST", "POSTRIDER_BASE_URL",
					"POSTRIDER_NEWSLETTER_SENDER_EMAIL", "POSTRIDER_NEWSLETTER_POSTAL_ADDRESS", "POSTRIDER_SECRET");
	}

	@Test
	void letsACompleteSetupPass() {
		assertThat(ProductionCheck.problems(complete())).isEmpty();
	}

	@Test
	void aRelayOfTheListWillDo() {
		MockEnvironment environment = complete().withProperty("spring.mail.host", "");
		assertThat(ProductionCheck.problems(environment)).singleElement()
			.satisfies((problem) -> assertThat(problem).startsWith("SPRING_MAIL_HOST is missing"));
		environment.setProperty("postrider.mail.relays[0].host", "mx.example.org");
		assertThat(ProductionCheck.problems(environment)).isEmpty();
	}

	@Test
	void refusesTheDemosValues() throws IOException {
		MockEnvironment environment = complete().withProperty("postrider.secret", "demo-only-" + SECRET);
		demo().forEach((name, value) -> environment.setProperty(String.valueOf(name), String.valueOf(value)));

		assertThat(ProductionCheck.problems(environment)).hasSize(6)
			.anySatisfy((problem) -> assertThat(problem).startsWith("POSTRIDER_BASE_URL is http://localhost:8080"))
			.anySatisfy((problem) -> assertThat(problem)
				.startsWith("POSTRIDER_NEWSLETTER_SENDER_EMAIL is highlights@averley-courier.example"))
			.anySatisfy((problem) -> assertThat(problem)
				.startsWith("POSTRIDER_NEWSLETTER_SENDER_NAME is The Averley Courier:"))
			.anySatisfy((problem) -> assertThat(problem)
				.startsWith("POSTRIDER_NEWSLETTER_POSTAL_ADDRESS is The Averley Courier, 4 Ropewalk"))
			.anySatisfy((problem) -> assertThat(problem).startsWith("POSTRIDER_MAIL_FROM is postrider@averley"))
			.anySatisfy((problem) -> assertThat(problem).startsWith("POSTRIDER_SECRET is the demo's"));
	}

	@Test
	@DisplayName("F13: nobody writes in the name of a free mailbox")
	void refusesFreeMailboxes() {
		for (String address : new String[] { "herald@gmail.com", "herald@GMX.de" }) {
			assertThat(ProductionCheck.problems(complete().withProperty("postrider.newsletter.sender-email", address)))
				.singleElement()
				.asString()
				.contains(address, "the newsroom's own domain");
		}
	}

	/** What speaks for a newsroom among the demo's settings. */
	private static Properties demo() throws IOException {
		Properties all = PropertiesLoaderUtils.loadProperties(new ClassPathResource("application-demo.properties"));
		Properties demo = new Properties();
		all.forEach((name, value) -> {
			if (String.valueOf(name).matches("postrider\\.(base-url|newsletter\\..*|mail\\.from)")) {
				demo.put(name, value);
			}
		});
		return demo;
	}

	@Test
	void neverPrintsASecret() {
		MockEnvironment environment = complete().withProperty("postrider.secret", "too-short-to-sign");

		assertThat(ProductionCheck.problems(environment)).singleElement()
			.satisfies((problem) -> assertThat(problem).contains("17 characters").doesNotContain("too-short"));
	}

	@Test
	void wantsHttps() {
		MockEnvironment environment = complete().withProperty("postrider.base-url", "http://newsletters.example.org");

		assertThat(ProductionCheck.problems(environment)).singleElement()
			.satisfies((problem) -> assertThat(problem).contains("https://"));
	}

	@Test
	void stopsTheStartInWordsBeforeAnythingConnects(CapturedOutput output) {
		SpringApplication application = new SpringApplication(PostriderApplication.class);
		application.addInitializers(new ProductionCheck());

		assertThatExceptionOfType(ProductionCheck.IncompleteException.class).isThrownBy(
				() -> application.run("--spring.datasource.url=", "--spring.mail.host=", "--postrider.secret="));

		assertThat(output).contains("SPRING_DATASOURCE_URL is missing")
			.contains("POSTRIDER_SECRET is missing")
			.contains("mvn spring-boot:run")
			.doesNotContain("\tat dev.postrider");
	}

	private static MockEnvironment complete() {
		return new MockEnvironment().withProperty("spring.datasource.url", "jdbc:mysql://127.0.0.1:3306/postrider")
			.withProperty("spring.mail.host", "relay.example.org")
			.withProperty("postrider.base-url", "https://newsletters.example.org")
			.withProperty("postrider.newsletter.sender-email", "highlights@example.org")
			.withProperty("postrider.newsletter.postal-address", "The Courier, 1 High Street")
			.withProperty("postrider.secret", SECRET);
	}

}
