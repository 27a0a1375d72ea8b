package dev.postrider.testing;

import java.security.KeyPair;
import java.time.Duration;

import dev.postrider.delivery.DigestRuns;
import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.RunHistory;
import dev.postrider.staff.account.Accounts;
import dev.postrider.staff.account.ApiTokens;
import org.awaitility.Awaitility;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.test.context.DynamicPropertyRegistry;

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
			dkimKey(registry, 0, "test-rsa", TestKeys.rsa());
			dkimKey(registry, 1, "test-ed25519", TestKeys.ed25519());
		};
	}

	private static void dkimKey(DynamicPropertyRegistry registry, int index, String selector, KeyPair pair) {
		String setting = "postrider.dkim.keys[" + index + "].";
		registry.add(setting + "domain", () -> TestKeys.DOMAIN);
		registry.add(setting + "selector", () -> selector);
		registry.add(setting + "pem", () -> TestKeys.pem(pair.getPrivate()));
	}

	@Bean
	TestStaff testStaff(Accounts accounts, ApiTokens tokens) {
		return new TestStaff(accounts, tokens);
	}

	@Bean
	@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
	TestMailing testMailing(JdbcClient jdbc, Newsletters newsletters, DigestRuns digests, RunHistory runs,
			Editions editions, TestClock clock) {
		return new TestMailing(jdbc, newsletters, digests, runs, editions, clock);
	}

	@Bean
	@Primary
	TestClock testClock() {
		return new TestClock();
	}

}
