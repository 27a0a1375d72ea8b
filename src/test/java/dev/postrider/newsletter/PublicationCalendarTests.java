package dev.postrider.newsletter;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class PublicationCalendarTests {

	@Test
	void theNextSlotIsInTheNewslettersZone() {
		Newsletter berlin = newsletter("Europe/Berlin", "07:00", DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY,
				DayOfWeek.FRIDAY);
		assertThat(PublicationCalendar.next(berlin, Instant.parse("2026-11-23T05:59:59Z")))
			.isEqualTo(new Slot(LocalDate.of(2026, 11, 23), Instant.parse("2026-11-23T06:00:00Z")));
		assertThat(PublicationCalendar.next(berlin, Instant.parse("2026-11-23T06:00:00Z")).date())
			.isEqualTo(LocalDate.of(2026, 11, 25));
		assertThat(PublicationCalendar.next(berlin, Instant.parse("2026-11-27T12:00:00Z")).date())
			.isEqualTo(LocalDate.of(2026, 11, 30));
	}

	@Test
	void theDateIsTheZonesOwn() {
		Newsletter auckland = newsletter("Pacific/Auckland", "06:30", DayOfWeek.MONDAY);
		assertThat(PublicationCalendar.next(auckland, Instant.parse("2026-11-22T12:00:00Z")))
			.isEqualTo(new Slot(LocalDate.of(2026, 11, 23), Instant.parse("2026-11-22T17:30:00Z")));
	}

	@Test
	void summerTimeKeepsTheHour() {
		Newsletter berlin = newsletter("Europe/Berlin", "07:00", DayOfWeek.MONDAY);
		assertThat(PublicationCalendar.slot(berlin, LocalDate.of(2027, 3, 22)).dueAt())
			.hasToString("2027-03-22T06:00:00Z");
		assertThat(PublicationCalendar.slot(berlin, LocalDate.of(2027, 3, 29)).dueAt())
			.hasToString("2027-03-29T05:00:00Z");
	}

	@Test
	void anHourThatTheClockChangeLeavesOutComesAfterTheGapAndOneThatComesTwiceIsTakenOnce() {
		Newsletter sunday = newsletter("Europe/Berlin", "02:30", DayOfWeek.SUNDAY);
		assertThat(PublicationCalendar.slot(sunday, LocalDate.of(2027, 3, 28)).dueAt())
			.hasToString("2027-03-28T01:30:00Z");
		assertThat(PublicationCalendar.due(sunday, Instant.parse("2026-10-25T00:00:00Z"),
				Instant.parse("2026-10-25T12:00:00Z")))
			.extracting(Slot::dueAt)
			.containsExactly(Instant.parse("2026-10-25T00:30:00Z"));
	}

	@Test
	void dueSlotsAreThoseAfterOneMomentUpToAnother() {
		Newsletter berlin = newsletter("Europe/Berlin", "07:00", DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY,
				DayOfWeek.FRIDAY);
		Instant monday = Instant.parse("2026-11-23T06:00:00Z");
		assertThat(PublicationCalendar.due(berlin, monday, monday)).isEmpty();
		assertThat(PublicationCalendar.due(berlin, monday.minusSeconds(1), monday)).extracting(Slot::date)
			.containsExactly(LocalDate.of(2026, 11, 23));
		assertThat(PublicationCalendar.due(berlin, monday, monday.plus(Duration.ofDays(7)))).extracting(Slot::date)
			.containsExactly(LocalDate.of(2026, 11, 25), LocalDate.of(2026, 11, 27), LocalDate.of(2026, 11, 30));
	}

	@Test
	void aNewsletterThatComesOutOnNoDayIsNamed() {
		assertThatIllegalStateException()
			.isThrownBy(() -> PublicationCalendar.next(newsletter("UTC", "07:00"), Instant.EPOCH))
			.withMessageContaining("highlights");
	}

	private static Newsletter newsletter(String zone, String time, DayOfWeek... days) {
		return new Newsletter(1, "highlights", "News highlights", "", "The Example", "a@news.example", null, "",
				Set.of(days), LocalTime.parse(time), ZoneId.of(zone), "en", "front-page", 7, Duration.ofHours(72),
				Duration.ofHours(12));
	}

}
