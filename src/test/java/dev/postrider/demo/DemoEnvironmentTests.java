package dev.postrider.demo;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each of the demo's parts steps back for one that is named.
 */
class DemoEnvironmentTests {

	@TempDir
	private Path folder;

	@Test
	void fillsInAllThatIsMissing() throws Exception {
		MockEnvironment environment = process(demo());

		assertThat(environment.getProperty("postrider.demo.embedded-database")).isEqualTo("true");
		assertThat(environment.getProperty("postrider.demo.embedded-mail")).isEqualTo("true");
		assertThat(environment.getProperty("spring.mail.host")).isEqualTo("127.0.0.1");
		assertThat(environment.getProperty("spring.mail.port")).isEqualTo("3025");
		String secret = environment.getProperty("postrider.secret", "");
		assertThat(secret).startsWith("demo-only-").hasSizeGreaterThan(42);
		assertThat(process(demo()).getProperty("postrider.secret")).as("kept").isEqualTo(secret);
		assertThat(Files.getPosixFilePermissions(this.folder.resolve("secret"))).hasSize(2);
	}

	@Test
	void leavesOutEachPartThatIsNamed() {
		MockEnvironment environment = process(demo().withProperty("spring.datasource.url", "jdbc:mysql://db.example/x")
			.withProperty("spring.mail.host", "relay.example")
			.withProperty("postrider.secret", "an operator's own secret of enough characters"));

		assertThat(environment.getProperty("postrider.demo.embedded-database")).isNull();
		assertThat(environment.getProperty("postrider.demo.embedded-mail")).isNull();
		assertThat(environment.getProperty("spring.mail.host")).isEqualTo("relay.example");
		assertThat(environment.getProperty("postrider.secret")).startsWith("an operator's");
	}

	@Test
	void movesTheMailServerByItsPortAlone() {
		MockEnvironment environment = process(demo().withProperty("spring.mail.port", "4025"));

		assertThat(environment.getProperty("postrider.demo.embedded-mail")).isEqualTo("true");
		assertThat(environment.getProperty("spring.mail.port")).isEqualTo("4025");
	}

	@Test
	void touchesNothingOutsideTheDemo() {
		MockEnvironment environment = new MockEnvironment();

		process(environment);

		assertThat(environment.getPropertySources()).hasSize(1);
	}

	@Test
	void takesTheHostsZoneOnlyWhereItNamesAPlace() {
		assertThat(DemoEnvironment.timeZone("America/Lima")).isEqualTo("America/Lima");
		assertThat(DemoEnvironment.timeZone("Etc/UTC")).isEqualTo("Europe/Berlin");
		assertThat(DemoEnvironment.timeZone("UTC")).isEqualTo("Europe/Berlin");
		assertThat(DemoEnvironment.timeZone("+02:00")).isEqualTo("Europe/Berlin");
	}

	private MockEnvironment demo() {
		MockEnvironment environment = new MockEnvironment().withProperty("postrider.demo.folder",
				this.folder.toString());
		environment.setActiveProfiles("demo");
		return environment;
	}

	private static MockEnvironment process(MockEnvironment environment) {
		new DemoEnvironment().postProcessEnvironment(environment, new SpringApplication());
		return environment;
	}

}
