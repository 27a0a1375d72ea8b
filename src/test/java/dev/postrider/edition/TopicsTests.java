package dev.postrider.edition;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TopicsTests {

	@Test
	void theSameChoiceIsEqualHoweverItIsWritten() {
		assertThat(Topics.of("Sport,Food")).isEqualTo(Topics.of(" food, SPORT ,Food,"))
			.isEqualTo(new Topics(List.of("sport", "food")));
		assertThat(Topics.of("Sport,Food").text()).isEqualTo("food,sport");
		assertThat(Topics.of("Sport")).isNotEqualTo(Topics.of("Sports"));
	}

	@Test
	void noChoiceIsAll() {
		assertThat(Topics.of(null)).isEqualTo(Topics.ALL);
		assertThat(Topics.of(" , ")).isEqualTo(Topics.ALL);
	}

}
