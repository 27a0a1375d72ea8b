package dev.postrider.story;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.postrider.SqlTime;
import dev.postrider.story.feed.Feed;
import dev.postrider.story.feed.FeedFetcher;
import dev.postrider.story.feed.FeedItem;
import dev.postrider.story.feed.FeedReader;
import dev.postrider.story.feed.PlainText;
import dev.postrider.story.ingest.StoryIdentity;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Sources in the database.
 */
@Component
class StoredSources implements Sources {

	private static final String COLUMNS = """
			SELECT id, url, name, section, last_polled_at, last_success_at, last_error, failures, created_at,
			  (SELECT first_seen_at FROM story_sighting WHERE source_id = source.id
			    ORDER BY first_seen_at DESC LIMIT 1) AS last_story_at
			FROM source
			""";

	/**
	 * By when stories were published: the first poll of a feed brings many at once.
	 * Indexes: story_sighting_seen, then the primary key of story.
	 */
	private static final String RATES = """
			SELECT sighting.source_id, COUNT(*) AS stories, MIN(story.published_at) AS oldest
			FROM story_sighting sighting JOIN story ON story.id = sighting.story_id
			WHERE sighting.first_seen_at > :since AND story.published_at > :since AND story.published_at <= :now
			GROUP BY sighting.source_id
			""";

	private static final Duration WEEK = Duration.ofDays(7);

	private static final int MAX_URL = 1000;

	private final JdbcClient jdbc;

	private final FeedFetcher fetcher;

	private final FeedReader reader;

	private final SourcePoller poller;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	StoredSources(JdbcClient jdbc, FeedFetcher fetcher, FeedReader reader, SourcePoller poller,
			ApplicationEventPublisher events, Clock clock) {
		this.jdbc = jdbc;
		this.fetcher = fetcher;
		this.reader = reader;
		this.poller = poller;
		this.events = events;
		this.clock = clock;
	}

	@Override
	public List<Source> all() {
		return sources(this.jdbc.sql(COLUMNS + "ORDER BY COALESCE(name, url), id"));
	}

	@Override
	public Optional<Source> find(long id) {
		return sources(this.jdbc.sql(COLUMNS + "WHERE id = :id").param("id", id)).stream().findFirst();
	}

	@Override
	public Source add(String url, @Nullable String section) {
		URI uri = this.fetcher.check(url);
		String address = uri.toString();
		if (address.length() > MAX_URL) {
			throw new SourceException("The address is longer than %d characters".formatted(MAX_URL));
		}
		Instant now = this.clock.instant();
		byte[] hash = StoryIdentity.hash(address);
		// A section that changes must reach stories that are there: the feed is read
		// anew, whatever the server says of its age. Index: source_url.
		this.jdbc.sql("""
				INSERT INTO source (url, url_hash, section, next_poll_at, created_at)
				VALUES (:url, :hash, :section, :now, :now)
				ON DUPLICATE KEY UPDATE section = VALUES(section), etag = NULL, last_modified = NULL
				""")
			.param("url", address)
			.param("hash", hash)
			.param("section", section(section))
			.param("now", now)
			.update();
		return sources(this.jdbc.sql(COLUMNS + "WHERE url_hash = :hash").param("hash", hash)).get(0);
	}

	private static @Nullable String section(@Nullable String section) {
		String text = PlainText.fit(PlainText.tidy(section), 100);
		return text.isEmpty() ? null : text;
	}

	@Override
	public Preview test(String url) {
		Feed feed = this.reader.read(this.fetcher.fetch(this.fetcher.check(url), null, null));
		return new Preview(feed.title(),
				feed.items().stream().map(FeedItem::headline).filter((headline) -> !headline.isEmpty()).toList());
	}

	@Override
	public void remove(long id) {
		find(id).ifPresent((source) -> {
			this.jdbc.sql("DELETE FROM source WHERE id = :id").param("id", id).update();
			this.events.publishEvent(new SourceRecovered(id, Objects.requireNonNullElse(source.name(), source.url())));
		});
	}

	@Override
	public Poll poll(boolean evenIfNotDue) {
		return this.poller.poll(evenIfNotDue);
	}

	private List<Source> sources(JdbcClient.StatementSpec statement) {
		Instant now = this.clock.instant();
		Map<Long, Double> rates = new HashMap<>();
		this.jdbc.sql(RATES).param("since", now.minus(WEEK)).param("now", now).query((row) -> {
			double days = Duration.between(SqlTime.at(row, "oldest"), now).toMinutes() / (24.0 * 60);
			rates.put(row.getLong("source_id"), row.getLong("stories") / Math.max(1, days));
		});
		return statement.query((row, number) -> source(row, rates.getOrDefault(row.getLong("id"), 0.0))).list();
	}

	private static Source source(ResultSet row, double rate) throws SQLException {
		return new Source(row.getLong("id"), Objects.requireNonNull(row.getString("url")), row.getString("name"),
				row.getString("section"), SqlTime.orNull(row, "last_polled_at"), SqlTime.orNull(row, "last_success_at"),
				row.getString("last_error"), row.getInt("failures"), rate, SqlTime.orNull(row, "last_story_at"),
				SqlTime.at(row, "created_at"));
	}

}
