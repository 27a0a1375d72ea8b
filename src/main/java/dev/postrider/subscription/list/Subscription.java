package dev.postrider.subscription.list;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.postrider.SqlTime;
import dev.postrider.newsletter.Newsletter;
import org.jspecify.annotations.Nullable;

/**
 * What one subscriber gets of one newsletter.
 *
 * @param newsletterId which
 * @param subscriberId who
 * @param days the days wanted; empty: every day it comes out
 * @param topics the topics wanted; empty: all
 * @param look the language and design wanted
 * @param pausedUntil the first date on which mail comes again
 * @param requestedAt when it was last signed up for
 * @param confirmedAt when it was verified
 * @param leftAt when the reader left
 */
public record Subscription(long newsletterId, long subscriberId, Set<DayOfWeek> days, List<String> topics, Look look,
		@Nullable LocalDate pausedUntil, Instant requestedAt, @Nullable Instant confirmedAt, @Nullable Instant leftAt) {

	/** Verified and not left. */
	public boolean isLive() {
		return this.confirmedAt != null && this.leftAt == null;
	}

	/** What was asked for. */
	Choice choice() {
		return new Choice(this.days, this.topics, this.look.language());
	}

	/** The days on which an edition comes to this reader. */
	public Set<DayOfWeek> daysOf(Newsletter newsletter) {
		if (this.days.isEmpty()) {
			return newsletter.days();
		}
		Set<DayOfWeek> days = EnumSet.copyOf(this.days);
		days.retainAll(newsletter.days());
		return days;
	}

	static Subscription of(ResultSet row, int index) throws SQLException {
		int mask = row.getInt("days");
		String topics = row.getString("topics");
		return new Subscription(row.getLong("newsletter_id"), row.getLong("subscriber_id"), Days.of(mask),
				(topics != null) ? List.of(topics.split(",")) : List.of(),
				new Look(row.getString("language"), row.getString("design")),
				row.getObject("paused_until", LocalDate.class), SqlTime.at(row, "requested_at"),
				SqlTime.orNull(row, "confirmed_at"), SqlTime.orNull(row, "left_at"));
	}

}
