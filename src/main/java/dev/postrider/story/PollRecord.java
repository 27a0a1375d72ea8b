package dev.postrider.story;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import dev.postrider.SqlTime;
import dev.postrider.story.feed.Fetched;
import dev.postrider.story.feed.PlainText;
import dev.postrider.story.feed.StorySettings;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Which sources are due, and how polling them went.
 */
@Component
class PollRecord {

	private static final int MAX_DOUBLINGS = 20;

	private final JdbcClient jdbc;

	private final TransactionOperations transactions;

	private final ApplicationEventPublisher events;

	private final StorySettings settings;

	private final SourceMoves moves;

	private final Clock clock;

	PollRecord(JdbcClient jdbc, TransactionOperations transactions, ApplicationEventPublisher events,
			StorySettings settings, SourceMoves moves, Clock clock) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.events = events;
		this.settings = settings;
		this.moves = moves;
		this.clock = clock;
	}

	/**
	 * Sources to ask now, the longest due first; none whose server wants to be left
	 * alone. Index: source_due.
	 */
	List<Due> due(boolean evenIfNotDue) {
		return this.jdbc.sql("""
				SELECT id, url, name, section, etag, last_modified, failures, last_success_at, next_poll_at
				FROM source
				WHERE (:all OR next_poll_at <= :now) AND (retry_at IS NULL OR retry_at <= :now)
				ORDER BY next_poll_at, id
				""").param("all", evenIfNotDue).param("now", this.clock.instant()).query(PollRecord::due).list();
	}

	/**
	 * Takes a source for this process: of several that poll at the same time one gets it.
	 * A process that dies now costs the source one interval.
	 */
	boolean claim(Due due) {
		return this.jdbc.sql("UPDATE source SET next_poll_at = :next WHERE id = :id AND next_poll_at = :seen")
			.param("next", next(0))
			.param("id", due.id())
			.param("seen", due.nextPollAt())
			.update() == 1;
	}

	void succeeded(Due due, Fetched fetched, @Nullable String title) {
		this.transactions.executeWithoutResult((status) -> {
			this.jdbc
				.sql("""
						UPDATE source SET name = COALESCE(:name, name), etag = :etag, last_modified = :lastModified,
						  last_polled_at = :now, last_success_at = :now, last_error = NULL, failures = 0, next_poll_at = :next,
						  retry_at = NULL
						WHERE id = :id
						""")
				.param("name", (title != null) ? PlainText.fit(title, 200) : null)
				.param("etag", header(fetched.etag(), due.etag(), fetched.unchanged(), 300))
				.param("lastModified", header(fetched.lastModified(), due.lastModified(), fetched.unchanged(), 100))
				.param("now", this.clock.instant())
				.param("next", next(0))
				.param("id", due.id())
				.update();
			this.moves.follow(due.id(), due.uri(), fetched.movedTo());
			if (due.failures() > 0) {
				this.events.publishEvent(new SourceRecovered(due.id(), due.label()));
			}
		});
	}

	/**
	 * Records a failure.
	 * @param retryAt not to be asked again before, whoever wants to, if its server said
	 * so
	 */
	void failed(Due due, String message, @Nullable Instant retryAt) {
		String words = PlainText.fit(PlainText.tidy(message), 500);
		int failures = due.failures() + 1;
		this.transactions.executeWithoutResult((status) -> {
			this.jdbc.sql("""
					UPDATE source SET last_polled_at = :now, last_error = :error, last_error_at = :now,
					  failures = :failures, next_poll_at = :next, retry_at = :retryAt
					WHERE id = :id
					""")
				.param("now", this.clock.instant())
				.param("error", words)
				.param("failures", failures)
				.param("next", later(next(failures), retryAt))
				.param("retryAt", retryAt)
				.param("id", due.id())
				.update();
			this.events.publishEvent(new SourceFailed(due.id(), due.label(), words, failures, due.lastSuccessAt()));
		});
	}

	/** Leaves a source for later, since its server had enough of others; no failure. */
	void postpone(Due due, @Nullable Instant retryAt) {
		this.jdbc.sql("UPDATE source SET next_poll_at = :next, retry_at = :retryAt WHERE id = :id")
			.param("next", later(next(0), retryAt))
			.param("retryAt", retryAt)
			.param("id", due.id())
			.update();
	}

	private static Instant later(Instant one, @Nullable Instant other) {
		return (other != null && other.isAfter(one)) ? other : one;
	}

	/**
	 * A tenth sooner than the interval, since the job that comes by once an interval must
	 * find the source due. After failures twice as late each time.
	 */
	private Instant next(int failures) {
		Duration interval = this.settings.pollInterval();
		if (failures > 1) {
			interval = interval.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
			Duration most = this.settings.maxBackOff();
			interval = (interval.compareTo(most) > 0) ? most : interval;
		}
		return this.clock.instant().plus(interval.multipliedBy(9).dividedBy(10));
	}

	/** A server that answers "unchanged" need not repeat what it was asked with. */
	private static @Nullable String header(@Nullable String value, @Nullable String before, boolean unchanged,
			int max) {
		String header = (value == null && unchanged) ? before : value;
		return (header != null && header.length() <= max) ? header : null;
	}

	private static Due due(ResultSet row, int number) throws SQLException {
		return new Due(row.getLong("id"), URI.create(Objects.requireNonNull(row.getString("url"))),
				row.getString("name"), row.getString("section"), row.getString("etag"), row.getString("last_modified"),
				row.getInt("failures"), SqlTime.orNull(row, "last_success_at"), SqlTime.at(row, "next_poll_at"));
	}

	/**
	 * A source to be polled.
	 *
	 * @param id its key
	 * @param uri its address
	 * @param name its name, once known
	 * @param section for stories that name none
	 * @param etag from the last answer
	 * @param lastModified from the last answer
	 * @param failures in a row so far
	 * @param lastSuccessAt when it last went well
	 * @param nextPollAt when it was due
	 */
	record Due(long id, URI uri, @Nullable String name, @Nullable String section, @Nullable String etag,
			@Nullable String lastModified, int failures, @Nullable Instant lastSuccessAt, Instant nextPollAt) {

		String label() {
			return (this.name != null) ? this.name : this.uri.toString();
		}

	}

}
