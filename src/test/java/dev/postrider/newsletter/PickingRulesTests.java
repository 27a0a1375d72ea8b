package dev.postrider.newsletter;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestNewsroom;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * How a newsletter's stories are chosen, and that it is kept.
 */
@PostriderTest
class PickingRulesTests {

	private static final Weights WEIGHTS = new Weights(0, 0.25, 1, 2, 3.5, 4, 100);

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Clock clock;

	@Test
	void aNewsletterHasTheBuiltInRulesUntilTheyAreChanged() {
		long id = new TestNewsroom(this.jdbc, this.newsletters, this.clock).newsletter().id();
		assertThat(this.newsletters.rules(id)).isEqualTo(PickingRules.DEFAULT);
		PickingRules rules = new PickingRules(WEIGHTS, Duration.ofHours(7),
				Map.of("Politik & Stadt", 2.5, "Sport", 0.0), Map.of("Sport", 1, "Kultur", 0),
				Map.of("PODCAST", new Quota(0, 2)), 5, SlowNews.MERGE);
		this.newsletters.changeRules(id, rules);
		assertThat(this.newsletters.rules(id)).isEqualTo(rules);
		PickingRules none = new PickingRules(WEIGHTS, Duration.ofHours(7), Map.of(), Map.of(), Map.of(), 0,
				SlowNews.SKIP);
		this.newsletters.changeRules(id, none);
		assertThat(this.newsletters.rules(id)).isEqualTo(none);
	}

	@Test
	void rulesOfNoNewsletterAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.newsletters.changeRules(-1, PickingRules.DEFAULT))
			.withMessageContaining("no newsletter with id -1");
	}

	@Test
	void sectionsAreFoundWhateverTheirCase() {
		PickingRules rules = new PickingRules(WEIGHTS, Duration.ofHours(7), Map.of("Sport", 0.5), Map.of("Sport", 1),
				Map.of(), 0, SlowNews.SKIP);
		assertThat(rules.weightOf("SPORT")).isEqualTo(0.5);
		assertThat(rules.mostOf("sport")).contains(1);
		assertThat(rules.weightOf("City")).isEqualTo(1);
		assertThat(rules.mostOf("City")).isEmpty();
	}

	@Test
	void whatCannotBeMeantIsRefusedWithTheValue() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Weights(1, 1, -0.1, 1, 1, 1, 1))
			.withMessageContaining("recency is -0.1");
		assertThatIllegalArgumentException().isThrownBy(() -> new Weights(1, 1, Double.NaN, 1, 1, 1, 1))
			.withMessageContaining("recency is NaN");
		assertThatIllegalArgumentException().isThrownBy(() -> new Quota(2, 1)).withMessageContaining("At least 2");
		assertThatIllegalArgumentException().isThrownBy(() -> rules(Duration.ofMinutes(9), Map.of(), Map.of(), 0))
			.withMessageContaining("PT9M");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> rules(Duration.ofHours(1), Map.of("City", -1.0), Map.of(), 0))
			.withMessageContaining("City is -1.0");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> rules(Duration.ofHours(1), Map.of(), Map.of("City", -1), 0))
			.withMessageContaining("City may have at most -1");
		assertThatIllegalArgumentException().isThrownBy(() -> rules(Duration.ofHours(1), Map.of(), Map.of(), -1))
			.withMessageContaining("minimum is -1");
	}

	private static PickingRules rules(Duration halfLife, Map<String, Double> sections, Map<String, Integer> most,
			int minimum) {
		return new PickingRules(WEIGHTS, halfLife, sections, most, Map.of(), minimum, SlowNews.SKIP);
	}

}
