package dev.postrider.edition;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.postrider.newsletter.Newsletter;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcEditions implements Editions {

	private static final Pattern LABEL = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(?:-([1-9]\\d{0,3}))?");

	private final JdbcClient jdbc;

	private final EditionRows rows;

	private final EditionTransitions transitions;

	private final Clock clock;

	JdbcEditions(JdbcClient jdbc, EditionRows rows, EditionTransitions transitions, Clock clock) {
		this.jdbc = jdbc;
		this.rows = rows;
		this.transitions = transitions;
		this.clock = clock;
	}

	@Override
	public Optional<Edition> find(long id) {
		return this.rows.find(id);
	}

	@Override
	public Optional<Edition> find(long newsletterId, LocalDate date, int number) {
		return this.rows.find(newsletterId, date, number);
	}

	@Override
	public Optional<Edition> find(long newsletterId, String label) {
		if (label.equals("latest")) {
			return newest(newsletterId, 1).stream().findFirst();
		}
		Matcher matcher = LABEL.matcher(label);
		if (!matcher.matches()) {
			return Optional.empty();
		}
		try {
			int number = (matcher.group(2) != null) ? Integer.parseInt(matcher.group(2)) : 1;
			return find(newsletterId, LocalDate.parse(matcher.group(1)), number);
		}
		catch (DateTimeException ex) {
			// Digits, but no date of the calendar: no edition can have it.
			return Optional.empty();
		}
	}

	@Override
	public List<Edition> newest(long newsletterId, int limit) {
		return this.rows.newest(newsletterId, limit);
	}

	@Override
	public List<Edition> before(Edition edition, int limit) {
		return this.rows.before(edition, limit);
	}

	@Override
	public Edition open(Newsletter newsletter, LocalDate date, int number, Instant dueAt) {
		if (number < 1) {
			throw new IllegalArgumentException("An edition's number begins at 1, not " + number);
		}
		return find(newsletter.id(), date, number).orElseGet(() -> {
			insert(newsletter, date, number, dueAt);
			return find(newsletter.id(), date, number).orElseThrow();
		});
	}

	/** The unique key edition_number decides who of several makes it. */
	private void insert(Newsletter newsletter, LocalDate date, int number, Instant dueAt) {
		this.jdbc.sql("""
				INSERT INTO edition
				  (newsletter_id, edition_date, number, status, due_at, useless_after, created_at, changed_at)
				VALUES (:newsletter, :date, :number, 'DRAFT', :due, :useless, :now, :now)
				ON DUPLICATE KEY UPDATE id = id
				""")
			.param("newsletter", newsletter.id())
			.param("date", date)
			.param("number", number)
			.param("due", dueAt)
			.param("useless", dueAt.plus(newsletter.uselessAfter()))
			.param("now", this.clock.instant())
			.update();
	}

	@Override
	public void reschedule(long id, Newsletter newsletter, Instant dueAt) {
		this.jdbc.sql("""
				UPDATE edition SET due_at = :due, useless_after = :useless, changed_at = :now, version = version + 1
				WHERE id = :id AND status IN ('DRAFT', 'APPROVED')
				""")
			.param("due", dueAt)
			.param("useless", dueAt.plus(newsletter.uselessAfter()))
			.param("now", this.clock.instant())
			.param("id", id)
			.update();
	}

	@Override
	public int nextNumber(long newsletterId, LocalDate date) {
		return this.jdbc.sql("""
				SELECT COALESCE(MAX(number), 1) + 1 FROM edition
				WHERE newsletter_id = :newsletter AND edition_date = :date
				""").param("newsletter", newsletterId).param("date", date).query(Integer.class).single();
	}

	@Override
	public Edition changeStatus(long id, EditionStatus next, @Nullable String reason) {
		return this.transitions.change(id, next, reason, null);
	}

	@Override
	public Edition holdUnsent(long id, String reason) {
		Edition held = this.transitions.change(id, EditionStatus.HELD, reason, null);
		this.jdbc.sql("UPDATE edition SET started_at = NULL WHERE id = ? AND status = 'HELD'").param(id).update();
		return held;
	}

	@Override
	public Edition approve(long id, String actor) {
		return this.transitions.change(id, EditionStatus.APPROVED, null, actor);
	}

}
