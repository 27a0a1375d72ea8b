package dev.postrider.subscription.web;

import java.util.Map;

import dev.postrider.subscription.list.SubscriptionSettings;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class SignUpSettingsTests {

	@Test
	@DisplayName("S3: one confirmation mail per address per day, if nobody says otherwise")
	void asTheyAreUntilSomebodyChangesThem() {
		Binder binder = new Binder(new MapConfigurationPropertySource(Map.of()));
		assertThat(binder.bindOrCreate("postrider.subscription", SubscriptionSettings.class).mailsPerAddressPerDay())
			.isEqualTo(1);
		SignUpSettings settings = binder.bindOrCreate("postrider.sign-up", SignUpSettings.class);
		assertThat(settings.proofOfWork()).isEqualTo(SignUpSettings.Use.AUTO);
		assertThat(AllowedSites.framePolicy(settings)).endsWith("frame-ancestors 'self'");
	}

	@ParameterizedTest
	@CsvSource({ "https://www.example.org, true", "http://127.0.0.1:*, true", "https://*.example.org, true",
			"https://example.org:8443, true", "https://example.org/, false", "https://example.org/news, false",
			"example.org, false", "*, false", "'https://a.example; script-src *', false", "https://*, false",
			"https://a.example https://b.example, false", "javascript:x, false", "https://a.*.example, false" })
	void namesSitesAndNothingElse(String origin, boolean right) {
		assertThat(origin.matches(SignUpSettings.ORIGIN)).isEqualTo(right);
	}

}
