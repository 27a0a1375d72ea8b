package dev.postrider.desk.web;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TimesTests {

	private final Times times = new Times(Instant.parse("2026-11-23T06:00:00Z"), ZoneId.of("Europe/Berlin"));

	@Test
	void momentNamesDayHourAndZone() {
		assertThat(this.times.moment(Instant.parse("2026-11-25T06:00:00Z")))
			.isEqualTo("Wed 25 November, 07:00 (Europe/Berlin)");
	}

	@Test
	void anotherYearIsSaid() {
		assertThat(this.times.day(LocalDate.of(2027, 1, 4))).isEqualTo("Mon 4 January 2027");
	}

	@Test
	void todayIsTodayInTheZone() {
		Times auckland = new Times(Instant.parse("2026-11-23T11:30:00Z"), ZoneId.of("Pacific/Auckland"));
		assertThat(auckland.today()).isEqualTo("2026-11-24");
	}

	@ParameterizedTest
	@CsvSource({ "PT0S,now", "PT59S,now", "PT1M,in 1 minute", "-PT5M,5 minutes ago", "PT59M40S,in 1 hour",
			"PT47H,in 1 day 23 hours", "PT48H,in 2 days", "PT3H20M,in 3 hours 20 minutes", "-PT25H,1 day 1 hour ago" })
	void distanceInWords(Duration distance, String words) {
		assertThat(this.times.distance(this.times.now().plus(distance))).isEqualTo(words);
	}

	@Test
	void counts() {
		assertThat(Times.counted(48210, "reader")).isEqualTo("48,210 readers");
		assertThat(Times.counted(1, "reader")).isEqualTo("1 reader");
		assertThat(Times.counted(0, "new story")).isEqualTo("0 new stories");
	}

}
