package dev.postrider.subscription.list;

import java.util.Map;
import java.util.Set;

import dev.postrider.subscription.ConsentWording;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class SubscriptionSettingsTests {

	private static final ConsentWording WORDING = new ConsentWording("1", "Yes, please");

	@Test
	void recordsThePrivacyNoticeOnceThereIsOne() {
		assertThat(settings(Map.of()).beside(WORDING)).isEqualTo(WORDING);
		assertThat(settings(Map.of("url", "https://news.example/privacy", "version", "2026-11")).beside(WORDING))
			.isEqualTo(new ConsentWording("1", "Yes, please", "2026-11", "https://news.example/privacy"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "javascript:alert(1)", "/privacy", "mailto:desk@news.example", "https:x" })
	void refusesANoticeThatNobodyCanOpen(String url) {
		assertThat(violations(settings(Map.of("url", url)))).isNotEmpty();
	}

	@Test
	void refusesAVersionThatTheLedgerDoesNotHold() {
		assertThat(violations(settings(Map.of("version", "x".repeat(41))))).isNotEmpty();
		assertThat(violations(settings(Map.of("version", "second edition")))).isNotEmpty();
		assertThat(violations(settings(Map.of("version", "2", "url", "https://news.example/privacy")))).isEmpty();
	}

	private static SubscriptionSettings settings(Map<String, String> notice) {
		MapConfigurationPropertySource source = new MapConfigurationPropertySource();
		notice.forEach((name, value) -> source.put("postrider.subscription.privacy-notice." + name, value));
		return new Binder(source).bindOrCreate("postrider.subscription", SubscriptionSettings.class);
	}

	private static Set<ConstraintViolation<SubscriptionSettings>> violations(SubscriptionSettings settings) {
		try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
			return factory.getValidator().validate(settings);
		}
	}

}
