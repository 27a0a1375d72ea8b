package dev.postrider.delivery.batch;

import java.util.Map;

import dev.postrider.mail.SmtpReply;
import dev.postrider.mail.SmtpReply.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When refusals are an edition's: 20 in a row, or a quarter of the last 200 with one
 * code.
 */
class SurgeTests {

	private final Surge surge = new Surge(new Binder(new MapConfigurationPropertySource(Map.of()))
		.bindOrCreate("postrider.delivery", DeliveryProperties.class));

	@Test
	void soManyInARowHoldIt() {
		for (int i = 1; i < 20; i++) {
			assertThat(refused("554 No")).isNull();
		}
		this.surge.answered(true);
		for (int i = 1; i < 20; i++) {
			assertThat(refused("554 No")).isNull();
			// An unknown address is no sign that copies are accepted.
			this.surge.answered(false);
		}
		assertThat(refused("554 No")).isEqualTo("Refused 20 times in a row, the last time: 554 No");
	}

	@Test
	void oneCodeOfTheReceiversRulesHoldsItAmongAcceptedCopies() {
		for (int i = 1; i < 50; i++) {
			accepted(3);
			assertThat(refused("550 5.7.26 unauthenticated")).isNull();
		}
		accepted(3);
		assertThat(refused("550 5.7.26 unauthenticated"))
			.startsWith("50 of the last 197 copies were refused with 5.7.26")
			.endsWith("550 5.7.26 unauthenticated");
	}

	@Test
	void fewerOrDifferentOnesDoNot() {
		for (int i = 0; i < 400; i++) {
			accepted(4);
			assertThat(refused("550 5.7.26 unauthenticated")).isNull();
		}
		for (int i = 0; i < 400; i++) {
			accepted(2);
			assertThat(refused("550 5.7." + (i % 2 + 1) + " no")).isNull();
		}
		for (int i = 0; i < 400; i++) {
			accepted(1);
			assertThat(refused("550 5.2.0 no")).isNull();
		}
	}

	private void accepted(int times) {
		for (int i = 0; i < times; i++) {
			this.surge.answered(true);
		}
	}

	private @Nullable String refused(String reply) {
		return this.surge.refused(SmtpReply.of(Stage.RCPT, reply), reply);
	}

}
