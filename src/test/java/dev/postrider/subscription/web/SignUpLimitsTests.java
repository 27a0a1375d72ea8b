package dev.postrider.subscription.web;

import java.util.Map;

import dev.postrider.subscription.list.EmailAddress;
import dev.postrider.subscription.list.SubscriptionSettings;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@DisplayName("S3: limits per network, address, domain and in all")
class SignUpLimitsTests {

	private int next;

	@Test
	void perNetwork() {
		SignUpLimits limits = limits(Map.of("postrider.subscription.sign-ups-per-ip-per-hour", 5));
		for (int i = 0; i < 5; i++) {
			assertThat(limits.countNetwork("2001:db8:1:2::" + i)).isEmpty();
			assertThat(limits.countNetwork("192.0.2.7")).isEmpty();
		}
		assertThat(limits.countNetwork("2001:db8:1:2:ffff::9")).isPresent();
		assertThat(limits.countNetwork("192.0.2.7")).isPresent();
		assertThat(limits.countNetwork("192.0.2.8")).isEmpty();
		assertThat(limits.countNetwork("2001:db8:1:3::9")).isEmpty();
	}

	@Test
	void perSiteOfManyNetworks() {
		SignUpLimits limits = limits(Map.of("postrider.subscription.sign-ups-per-ip-per-hour", 5));
		for (int i = 0; i < 10; i++) {
			assertThat(limits.countNetwork("2001:db8:1:" + i + "::1")).isEmpty();
		}
		assertThat(limits.countNetwork("2001:db8:1:77::1")).isPresent();
		assertThat(limits.countNetwork("2001:db8:2:77::1")).isEmpty();
		// What the site refuses is not taken from the network either.
		assertThat(limits.countNetwork("2001:db8:1:77::1")).isPresent();
	}

	@Test
	void perAddressHoweverWritten() {
		SignUpLimits limits = limits(Map.of("postrider.subscription.sign-ups-per-address-per-hour", 2));
		assertThat(limits.count(new EmailAddress("jane@readers.example"), false)).isEmpty();
		assertThat(limits.count(new EmailAddress("Jane@readers.example"), true)).isEmpty();
		assertThat(limits.count(new EmailAddress("JANE@readers.example"), true)).isPresent();
	}

	@Test
	void perDomainButNotOfTheGreatProviders() {
		SignUpLimits limits = limits(Map.of("postrider.sign-up.per-domain-per-hour", 3));
		for (int i = 0; i < 10; i++) {
			assertThat(limits.isCrowded(someone())).isEqualTo(i >= 3);
			assertThat(limits.count(someone(), false).isPresent()).isEqualTo(i >= 3);
			EmailAddress popular = new EmailAddress("reader-" + i + "@gmail.com");
			assertThat(limits.isCrowded(popular)).isFalse();
			assertThat(limits.count(popular, false)).isEmpty();
		}
		assertThat(limits.count(someone(), true)).as("who has shown work").isEmpty();
	}

	@Test
	void inAll() {
		SignUpLimits limits = limits(Map.of("postrider.subscription.sign-ups-per-minute", 4));
		for (int i = 0; i < 4; i++) {
			assertThat(limits.count(new EmailAddress("reader-" + i + "@d" + i + ".example"), false)).isEmpty();
		}
		assertThat(limits.count(new EmailAddress("reader@other.example"), false)).isPresent();
	}

	@Test
	void whatIsRefusedCountsNowhere() {
		SignUpLimits limits = limits(Map.of("postrider.subscription.sign-ups-per-address-per-hour", 2,
				"postrider.sign-up.per-domain-per-hour", 3, "postrider.subscription.sign-ups-per-minute", 5));
		EmailAddress jane = new EmailAddress("jane@readers.example");
		for (int i = 0; i < 20; i++) {
			assertThat(limits.count(jane, false).isPresent()).isEqualTo(i >= 2);
		}
		EmailAddress joe = new EmailAddress("joe@readers.example");
		assertThat(limits.count(joe, false)).as("the domain has one left").isEmpty();
		assertThat(limits.count(joe, false)).as("the domain has none left").isPresent();
		assertThat(limits.count(joe, true)).as("that was not taken from the address").isEmpty();
		assertThat(limits.count(new EmailAddress("a@elsewhere.example"), false)).as("nor from all").isEmpty();
		assertThat(limits.count(new EmailAddress("b@elsewhere.example"), false)).isPresent();
	}

	private EmailAddress someone() {
		return new EmailAddress("someone-" + this.next++ + "@readers.example");
	}

	private static SignUpLimits limits(Map<String, Integer> settings) {
		Binder binder = new Binder(new MapConfigurationPropertySource(settings));
		return new SignUpLimits(binder.bindOrCreate("postrider.subscription", SubscriptionSettings.class),
				binder.bindOrCreate("postrider.sign-up", SignUpSettings.class));
	}

}
