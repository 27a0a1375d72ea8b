package dev.postrider.mail.relay;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;

import dev.postrider.SqlTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What has been taken of relays' limits by all processes: one row a relay, by its primary
 * key, held for the time of one small transaction.
 */
final class RelayUse {

	/** So far ahead slots are given to editions; who comes later asks again. */
	private static final Duration AHEAD = Duration.ofSeconds(1);

	/** Single mails queue with them. */
	private static final Duration AHEAD_OF_SINGLES = Duration.ofSeconds(5);

	/** A slot further away was given out by a clock that was wrong. */
	private static final Duration FURTHEST = Duration.ofMinutes(1);

	/** So much a clock is set back without an hour's count being forgotten. */
	private static final Duration SET_BACK = Duration.ofMinutes(5);

	/** Messages taken at once at most. */
	private static final int LARGEST_BATCH = 500;

	/** A batch is at most this part of what is left of an hour or a day. */
	private static final int PART = 20;

	/** A batch is for at most this part of a second. */
	private static final int PART_OF_SECOND = 10;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final Supplier<Instant> now;

	/**
	 * Makes one.
	 * @param transaction of its own, whatever its caller is in
	 * @param now the database's clock, which all processes share
	 */
	RelayUse(JdbcClient jdbc, TransactionTemplate transaction, Supplier<Instant> now) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.now = now;
	}

	/** The clock of a database. */
	static Supplier<Instant> clockOf(JdbcClient jdbc) {
		return () -> jdbc.sql("SELECT UTC_TIMESTAMP(6) AS now").query((row, index) -> SqlTime.at(row, "now")).single();
	}

	/**
	 * Takes a few messages of a relay's limits; for single mails one, so that none of
	 * their reserve lies with a process that has none to send, nor goes to its editions.
	 * @param single whether the reserve for single mails may be used
	 * @return what was granted, or how long to wait
	 */
	Grant take(String relay, Limits limits, boolean single) {
		Grant granted = this.transaction.execute((status) -> {
			Row row = row(relay).orElseGet(() -> {
				begin(relay);
				return row(relay).orElseThrow();
			});
			Instant now = this.now.get();
			Grant grant = grant(limits, row, now, single);
			if (grant.messages() > 0) {
				write(relay, grant);
			}
			return grant;
		});
		if (granted == null) {
			throw new IllegalStateException("No answer about the limits of relay " + relay);
		}
		return granted;
	}

	/** Gives back what was taken and not used, if its hour or day is not over. */
	void giveBack(String relay, Grant grant, int messages) {
		this.jdbc.sql("UPDATE relay_use SET hour_used = GREATEST(hour_used - ?, 0) WHERE relay = ? AND hour_at = ?")
			.params(messages, relay, grant.hour())
			.update();
		this.jdbc.sql("UPDATE relay_use SET day_used = GREATEST(day_used - ?, 0) WHERE relay = ? AND day_at = ?")
			.params(messages, relay, grant.day())
			.update();
	}

	/** What has been used of the current hour and day. */
	Used used(String relay) {
		Instant now = this.now.get();
		return this.jdbc.sql("SELECT next_slot_at, hour_at, hour_used, day_at, day_used FROM relay_use WHERE relay = ?")
			.param(relay)
			.query((row, index) -> Row.of(row).at(now))
			.optional()
			.map((row) -> new Used(row.hourUsed(), row.dayUsed(), now))
			.orElseGet(() -> new Used(0, 0, now));
	}

	private static Grant grant(Limits limits, Row stored, Instant now, boolean single) {
		Row row = stored.at(now);
		long hour = limits.hour();
		long day = limits.day(row.day().atOffset(ZoneOffset.UTC).toLocalDate());
		long hourLeft = hour - row.hourUsed() - (single ? 0 : Limits.reserve(hour));
		long dayLeft = day - row.dayUsed() - (single ? 0 : Limits.reserve(day));
		Instant hourEnd = row.hour().plus(1, ChronoUnit.HOURS);
		Instant dayEnd = row.day().plus(1, ChronoUnit.DAYS);
		if (dayLeft <= 0) {
			return Grant.denied(row, Duration.between(now, dayEnd), "its " + day + " messages of today are used up");
		}
		if (hourLeft <= 0) {
			return Grant.denied(row, Duration.between(now, hourEnd),
					"its " + hour + " messages of this hour are used up");
		}
		long messages = single ? 1 : Math.min(Math.min(hourLeft, dayLeft) / PART + 1, LARGEST_BATCH);
		Duration valid = Duration.between(now, (limits.hour() < Long.MAX_VALUE) ? hourEnd : dayEnd);
		if (limits.perSecond() == 0) {
			return new Grant(row, (int) messages, Duration.ZERO, Duration.ZERO, valid, now, "");
		}
		Instant first = row.nextSlot().isBefore(now) || row.nextSlot().isAfter(now.plus(FURTHEST)) ? now
				: row.nextSlot();
		Instant furthest = now.plus(single ? AHEAD_OF_SINGLES : AHEAD);
		if (first.isAfter(furthest)) {
			return Grant.denied(row, Duration.between(furthest, first),
					"it takes " + limits.perSecond() + " messages a second");
		}
		messages = Math.min(messages, Math.max(limits.perSecond() / PART_OF_SECOND, 1));
		Duration gap = Duration.ofNanos(1_000_000_000L / limits.perSecond());
		return new Grant(row, (int) messages, Duration.between(now, first), gap, valid,
				first.plus(gap.multipliedBy(messages)), "");
	}

	private Optional<Row> row(String relay) {
		return this.jdbc
			.sql("SELECT next_slot_at, hour_at, hour_used, day_at, day_used FROM relay_use WHERE relay = ? FOR UPDATE")
			.param(relay)
			.query((row, index) -> Row.of(row))
			.optional();
	}

	private void begin(String relay) {
		Instant now = this.now.get();
		this.jdbc.sql("INSERT IGNORE INTO relay_use (relay, next_slot_at, hour_at, day_at) VALUES (?, ?, ?, ?)")
			.params(relay, now, now.truncatedTo(ChronoUnit.HOURS), now.truncatedTo(ChronoUnit.DAYS))
			.update();
	}

	private void write(String relay, Grant grant) {
		this.jdbc.sql("""
				UPDATE relay_use SET next_slot_at = ?, hour_at = ?, hour_used = ?, day_at = ?, day_used = ?
				WHERE relay = ?
				""")
			.params(grant.nextSlot(), grant.hour(), grant.row().hourUsed() + grant.messages(), grant.day(),
					grant.row().dayUsed() + grant.messages(), relay)
			.update();
	}

	/**
	 * Used of the current hour and day.
	 *
	 * @param hour messages
	 * @param day messages
	 * @param now by the database's clock
	 */
	record Used(long hour, long day, Instant now) {
	}

	/**
	 * What was taken.
	 *
	 * @param row hour and day it counts for, and their counts before
	 * @param messages how many may go; 0 for none
	 * @param pause until the first may go; or until it is worth asking again
	 * @param gap from one to the next
	 * @param valid how long they may be used
	 * @param nextSlot when others' may begin
	 * @param reason why none may go
	 */
	record Grant(Row row, int messages, Duration pause, Duration gap, Duration valid, Instant nextSlot, String reason) {

		static Grant denied(Row row, Duration pause, String reason) {
			return new Grant(row, 0, pause, Duration.ZERO, Duration.ZERO, row.nextSlot(), reason);
		}

		Instant hour() {
			return this.row.hour();
		}

		Instant day() {
			return this.row.day();
		}

	}

	/**
	 * A row of the table.
	 */
	record Row(Instant nextSlot, Instant hour, long hourUsed, Instant day, long dayUsed) {

		static Row of(ResultSet row) throws SQLException {
			return new Row(SqlTime.at(row, "next_slot_at"), SqlTime.at(row, "hour_at"), row.getLong("hour_used"),
					SqlTime.at(row, "day_at"), row.getLong("day_used"));
		}

		/** The same in the hour and day of a moment: new ones begin at nothing. */
		Row at(Instant now) {
			Instant thisHour = now.truncatedTo(ChronoUnit.HOURS);
			Instant thisDay = now.truncatedTo(ChronoUnit.DAYS);
			boolean sameHour = this.hour.equals(thisHour) || isSetBack(this.hour, now);
			boolean sameDay = this.day.equals(thisDay) || isSetBack(this.day, now);
			return new Row(this.nextSlot, sameHour ? this.hour : thisHour, sameHour ? this.hourUsed : 0,
					sameDay ? this.day : thisDay, sameDay ? this.dayUsed : 0);
		}

		private static boolean isSetBack(Instant begun, Instant now) {
			return begun.isAfter(now) && begun.isBefore(now.plus(SET_BACK));
		}

	}

}
