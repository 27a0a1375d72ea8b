package dev.postrider.testing;

import java.time.Duration;

import dev.postrider.staff.account.Accounts;
import dev.postrider.staff.account.ApiTokens;
import org.awaitility.Awaitility;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.DynamicPropertyRegistrar;

/**
 * Points the application at the JVM's database and relay, and stops its clock.
 */
@TestConfiguration(proxyBeanMethods = false)
public class TestParts {

	static {
		// Machines that run tests are slow at times; whoever waits longer has waited for
		// nothing.
		Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
	}

	@Bean
	DynamicPropertyRegistrar testServers() {
		TestDatabase.useByContext();
		return (registry) -> {
			registry.add("spring.datasource.url", TestDatabase.get()::url);
			registry.add("spring.datasource.username", TestDatabase.get()::user);
			registry.add("spring.datasource.password", TestDatabase.get()::password);
			registry.add("spring.mail.host", () -> "127.0.0.1");
			registry.add("spring.mail.port", TestRelay.get()::port);
		};
	}

	@Bean
	TestStaff testStaff(Accounts accounts, ApiTokens tokens) {
		return new TestStaff(accounts, tokens);
	}

	@Bean
	@Primary
	TestClock testClock() {
		return new TestClock();
	}

}
