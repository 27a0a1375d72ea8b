package dev.postrider.testing;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Rows a test needs, with names of its own.
 */
public final class TestNewsroom {

	private final JdbcClient jdbc;

	private final Newsletters newsletters;

	private final Clock clock;

	public TestNewsroom(JdbcClient jdbc, Newsletters newsletters, Clock clock) {
		this.jdbc = jdbc;
		this.newsletters = newsletters;
		this.clock = clock;
		mendPlainLinks();
	}

	/**
	 * Tests that were before leave stories behind; the gate would hold whoever picks one
	 * with a plain link.
	 */
	private void mendPlainLinks() {
		this.jdbc.sql("UPDATE story SET url = REPLACE(url, 'http:', 'https:') WHERE url LIKE 'http://plain.example/%'")
			.update();
	}

	/**
	 * A newsletter of Monday, Wednesday and Friday at 07:00 in Berlin, with no readers.
	 */
	public Newsletter newsletter() {
		String slug = "test-" + UUID.randomUUID().toString().substring(0, 8);
		this.jdbc.sql("""
				INSERT INTO newsletter (slug, name, description, days, send_time, created_at)
				VALUES (?, ?, 'For a test', 21, '07:00:00', ?)
				""").params(slug, "Test " + slug, this.clock.instant()).update();
		return this.newsletters.find(slug).orElseThrow();
	}

	/** A story published an hour ago; two are never of the same event. */
	public long story(String headline) {
		return story(headline, this.clock.instant().minus(Duration.ofHours(1)));
	}

	/** A story published then. */
	public long story(String headline, Instant publishedAt) {
		String url = "https://news.example/" + UUID.randomUUID();
		this.jdbc.sql("""
				INSERT INTO story (identity, url, headline, summary, section, published_at, first_seen_at, changed_at)
				VALUES (?, ?, ?, ?, 'City', ?, ?, ?)
				""")
			.params(sha256(url), url, headline, "Told by " + words(), publishedAt, this.clock.instant(),
					this.clock.instant())
			.update();
		return this.jdbc.sql("SELECT id FROM story WHERE url = ?").param(url).query(Long.class).single();
	}

	/** A verified reader; the relay's faults go by how the address begins. */
	public long reader(Newsletter newsletter, String email) {
		return reader(newsletter, email, "ACTIVE", true);
	}

	/** A reader of any status. */
	public long reader(Newsletter newsletter, String email, String status, boolean confirmed) {
		Instant now = this.clock.instant();
		this.jdbc.sql("""
				INSERT INTO subscriber (email, email_key, status, created_at, confirmed_at, status_changed_at)
				VALUES (?, LOWER(?), ?, ?, ?, ?)
				""").params(email, email, status, now, now, now).update();
		long id = this.jdbc.sql("SELECT id FROM subscriber WHERE email_key = LOWER(?)")
			.param(email)
			.query(Long.class)
			.single();
		this.jdbc.sql("""
				INSERT INTO subscription (newsletter_id, subscriber_id, requested_at, confirmed_at)
				VALUES (:newsletter, :subscriber, :now, :confirmed)
				""")
			.param("newsletter", newsletter.id())
			.param("subscriber", id)
			.param("now", now)
			.param("confirmed", confirmed ? now : null)
			.update();
		return id;
	}

	/** Words that no other story has: nobody takes two for the same event. */
	public static String words() {
		StringBuilder words = new StringBuilder();
		(UUID.randomUUID() + "-" + UUID.randomUUID()).chars()
			.map((c) -> (c == '-') ? ' ' : (c <= '9') ? c - '0' + 'g' : c)
			.forEach((c) -> words.append((char) c));
		return words.toString();
	}

	/** An address nobody else uses. */
	public static String address(String prefix) {
		return prefix + "." + UUID.randomUUID().toString().substring(0, 13) + "@readers.example";
	}

	private static byte[] sha256(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
