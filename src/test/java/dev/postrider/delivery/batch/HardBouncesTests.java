package dev.postrider.delivery.batch;

import java.util.Map;

import dev.postrider.delivery.batch.HardBounces.Bounced;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When addresses that are called bad are the relay's doing: 20 or more, and more than a
 * quarter of the last 200 first attempts.
 */
class HardBouncesTests {

	private final HardBounces bounces = new HardBounces(new Binder(new MapConfigurationPropertySource(Map.of()))
		.bindOrCreate("postrider.delivery", DeliveryProperties.class));

	private int seq;

	@Test
	void aRelayThatKnowsNobodyIsFoundOutAfterTwenty() {
		for (int i = 1; i < 20; i++) {
			assertThat(refused(true)).isNull();
		}
		assertThat(refused(true)).startsWith("Of the last 20 readers 20 were refused")
			.endsWith("550 5.1.1 User unknown");
		assertThat(this.bounces.areTooMany()).isTrue();
		tried(1000);
		assertThat(this.bounces.past()).as("none is believed, however many follow").isEmpty();
		assertThat(this.bounces.all()).hasSize(20);
	}

	@Test
	void oneThatForgetsItsReadersInTheMiddleIsFoundOutToo() {
		tried(10_000);
		for (int i = 1; i <= 50; i++) {
			assertThat(refused(true)).as("bounce %s", i).isNull();
		}
		assertThat(refused(true)).startsWith("Of the last 200 readers 51 were refused").contains("bounce-share");
	}

	@Test
	void anOldListHasOneInFiveAtMost() {
		for (int i = 0; i < 400; i++) {
			tried(4);
			assertThat(refused(true)).isNull();
		}
		assertThat(this.bounces.areTooMany()).isFalse();
	}

	@Test
	void whoWasTriedBeforeSaysNothingOfAll() {
		for (int i = 0; i < 400; i++) {
			assertThat(refused(false)).isNull();
		}
	}

	@Test
	void nobodyIsSuppressedBeforeTwoHundredOthersWereTried() {
		refused(true);
		tried(199);
		refused(true);
		assertThat(this.bounces.past()).extracting(Bounced::seq).containsExactly(1);
		this.bounces.past().forEach((bounced) -> assertThat(this.bounces.take(bounced)).isTrue());
		assertThat(this.bounces.past()).isEmpty();
		assertThat(this.bounces.all()).extracting(Bounced::seq).containsExactly(2);
		tried(200);
		assertThat(this.bounces.past()).extracting(Bounced::seq).containsExactly(2);
	}

	private void tried(int times) {
		for (int i = 0; i < times; i++) {
			this.bounces.tried();
		}
	}

	private @Nullable String refused(boolean first) {
		this.seq++;
		LedgerRow row = new LedgerRow(this.seq, this.seq, 1, first ? 0 : 1, false, 0, null, null, Map.of(),
				"reader@readers.example", null);
		return this.bounces.refused(row, first, "550 5.1.1 User unknown");
	}

}
