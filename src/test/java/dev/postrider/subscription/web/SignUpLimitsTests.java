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
			assertThat(limits.count("2001:db8:1:2::" + i, someone())).isEmpty();
		}
		assertThat(limits.count("2001:db8:1:2:ffff::9", someone())).isPresent();
		assertThat(limits.count("2001:db8:1:3::9", someone())).isEmpty();
	}

	@Test
	void perAddressHoweverWritten() {
		SignUpLimits limits = limits(Map.of("postrider.subscription.sign-ups-per-address-per-hour", 2));
		assertThat(limits.count(network(), new EmailAddress("jane@readers.example"))).isEmpty();
		assertThat(limits.count(network(), new EmailAddress("Jane@readers.example"))).isEmpty();
		assertThat(limits.count(network(), new EmailAddress("JANE@readers.example"))).isPresent();
	}

	@Test
	void perDomainButNotOfTheGreatProviders() {
		SignUpLimits limits = limits(Map.of("postrider.sign-up.per-domain-per-hour", 3));
		for (int i = 0; i < 10; i++) {
			assertThat(limits.count(network(), someone()).isPresent()).isEqualTo(i >= 3);
			assertThat(limits.count(network(), new EmailAddress("reader-" + i + "@gmail.com"))).isEmpty();
		}
	}

	@Test
	void inAll() {
		SignUpLimits limits = limits(Map.of("postrider.subscription.sign-ups-per-minute", 4));
		for (int i = 0; i < 4; i++) {
			assertThat(limits.count(network(), new EmailAddress("reader-" + i + "@d" + i + ".example"))).isEmpty();
		}
		assertThat(limits.count(network(), new EmailAddress("reader@other.example"))).isPresent();
	}

	private String network() {
		return "192.0.2." + this.next++;
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
