package dev.postrider.edition;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.postrider.SqlTime;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.SlowNews;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How far back the stories of an edition reach: the newsletter's window, and more after
 * and on days with little news.
 */
@Component
class Reach {

	private static final int LOOK_BACK = 30;

	private final JdbcClient jdbc;

	private final SlowDays slowDays;

	private final EditionSettings settings;

	Reach(JdbcClient jdbc, SlowDays slowDays, EditionSettings settings) {
		this.jdbc = jdbc;
		this.slowDays = slowDays;
		this.settings = settings;
	}

	/** The newsletter with the window that a composed edition was filled from. */
	Newsletter asComposed(Edition edition, Newsletter newsletter, SlowNews rule) {
		Newsletter before = beforeNews(edition, newsletter, rule);
		return this.slowDays.stored(edition.id())
			.filter((day) -> day.reach().compareTo(before.storyWindow()) > 0)
			.map((day) -> newsletter.reachingBack(day.reach()))
			.orElse(before);
	}

	/**
	 * The newsletter with the window an edition is first filled from. Where slow news is
	 * merged, an edition after one that was skipped reaches back to the last that was
	 * sent; where none was, as far as the first of those skipped did.
	 */
	Newsletter beforeNews(Edition edition, Newsletter newsletter, SlowNews rule) {
		if (rule != SlowNews.MERGE || edition.number() != 1) {
			return newsletter;
		}
		Instant from = edition.dueAt();
		Duration window = newsletter.storyWindow();
		List<Earlier> earlier = earlier(edition);
		if (earlier.isEmpty() || !earlier.get(0).skipped()) {
			return newsletter;
		}
		for (Earlier one : earlier) {
			from = one.sent() ? one.dueAt() : one.dueAt().minus(window);
			if (one.sent()) {
				break;
			}
		}
		return atLeast(newsletter, Duration.between(from, edition.dueAt()));
	}

	/** Wider by one step, or the same where it is as wide as it may be. */
	Newsletter wider(Newsletter newsletter) {
		return atLeast(newsletter, newsletter.storyWindow().multipliedBy(2));
	}

	private Newsletter atLeast(Newsletter newsletter, Duration wanted) {
		Duration furthest = this.settings.furthestBack();
		Duration window = (wanted.compareTo(furthest) > 0) ? furthest : wanted;
		return (window.compareTo(newsletter.storyWindow()) > 0) ? newsletter.reachingBack(window) : newsletter;
	}

	/**
	 * The scheduled editions before this one, latest first; by the key edition_number.
	 */
	private List<Earlier> earlier(Edition edition) {
		return this.jdbc.sql("""
				SELECT due_at, status, started_at FROM edition
				WHERE newsletter_id = :newsletter AND number = 1 AND edition_date < :date
				ORDER BY edition_date DESC LIMIT :most
				""")
			.param("newsletter", edition.newsletterId())
			.param("date", edition.date())
			.param("most", LOOK_BACK)
			.query((row, n) -> new Earlier(SqlTime.at(row, "due_at"), "SKIPPED".equals(row.getString("status")),
					row.getTimestamp("started_at") != null))
			.list();
	}

	private record Earlier(Instant dueAt, boolean skipped, boolean sent) {
	}

}
