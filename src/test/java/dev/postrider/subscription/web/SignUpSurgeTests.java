package dev.postrider.subscription.web;

import java.time.Duration;
import java.util.List;

import dev.postrider.testing.TestClock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@DisplayName("S3: work is asked for while sign-ups surge")
class SignUpSurgeTests {

	private final TestClock clock = new TestClock();

	private final SignUpSurge surge = new SignUpSurge(settings(SignUpSettings.Use.AUTO), this.clock);

	static SignUpSettings settings(SignUpSettings.Use use) {
		return new SignUpSettings(List.of(), use, 10, 500, 200);
	}

	@Test
	void beginsAboveTheMostAndNotBefore() {
		count(10);
		assertThat(this.surge.since()).isEmpty();
		count(1);
		assertThat(this.surge.since()).hasValue(TestClock.START);
	}

	@Test
	void whatIsSpreadOverMoreThanFiveMinutesIsNone() {
		for (int i = 0; i < 60; i++) {
			count(2);
			this.clock.advance(Duration.ofMinutes(1));
		}
		assertThat(this.surge.since()).isEmpty();
		count(3);
		assertThat(this.surge.since()).isPresent();
	}

	@Test
	void endsAfterTenCalmMinutes() {
		count(50);
		this.clock.advance(Duration.ofMinutes(9));
		assertThat(this.surge.since()).isPresent();
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(this.surge.since()).isEmpty();
	}

	@Test
	void lastsWhileHalfAsManyCome() {
		count(50);
		for (int i = 0; i < 30; i++) {
			this.clock.advance(Duration.ofMinutes(1));
			count(1);
		}
		assertThat(this.surge.since()).hasValue(TestClock.START);
		for (int i = 0; i < 20; i++) {
			this.clock.advance(Duration.ofMinutes(2));
			count(1);
		}
		assertThat(this.surge.since()).isEmpty();
	}

	@Test
	void comesAgain() {
		count(50);
		this.clock.advance(Duration.ofHours(1));
		assertThat(this.surge.since()).isEmpty();
		count(5);
		assertThat(this.surge.since()).isEmpty();
		count(6);
		assertThat(this.surge.since()).hasValue(TestClock.START.plus(Duration.ofHours(1)));
	}

	private void count(int times) {
		for (int i = 0; i < times; i++) {
			this.surge.count();
		}
	}

}
