package dev.postrider.edition;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.story.StoryKind;
import dev.postrider.testing.TestNewsroom;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A newsletter and stories of one test: in weeks of its own, so that no other test's
 * stories are picked.
 */
public final class SampleNewsroom {

	private static final AtomicInteger FORTNIGHT = new AtomicInteger();

	private final JdbcClient jdbc;

	private final Newsletter newsletter;

	private final LocalDate date;

	private int stories;

	public SampleNewsroom(JdbcClient jdbc, Newsletters newsletters) {
		this.jdbc = jdbc;
		this.date = LocalDate.of(2040, 1, 2).plusWeeks(2L * FORTNIGHT.getAndIncrement());
		String slug = "sample-" + UUID.randomUUID().toString().substring(0, 8);
		jdbc.sql(
				"""
						INSERT INTO newsletter (slug, name, description, time_zone, days, send_time, story_count, created_at)
						VALUES (:slug, :name, 'What the harbour talks about.', 'Europe/Berlin', 21, '07:00:00', 4, UTC_TIMESTAMP(6))
						""")
			.param("slug", slug)
			.param("name", "Harbour <news> " + slug)
			.update();
		this.newsletter = newsletters.find(slug).orElseThrow();
	}

	public Newsletter newsletter() {
		return this.newsletter;
	}

	/** A Monday. */
	public LocalDate date() {
		return this.date;
	}

	public Instant due() {
		return this.date.atTime(7, 0).atZone(ZoneId.of("Europe/Berlin")).toInstant();
	}

	/** The headline of the nth story that has none of its own. */
	public static String headline(int nth) {
		String[] first = { "Ferries sail again at dawn", "Library opens on Sundays", "Nine wards elect a mayor",
				"Bakers find lost rye", "Why oysters are small", "Trams on every bridge", "Court stops border law" };
		return (nth <= first.length) ? first[nth - 1] : "Story " + TestNewsroom.words();
	}

	/** Stories of different events; each is a minute older than the one before. */
	public long[] stories(int count) {
		long[] ids = new long[count];
		for (int i = 0; i < count; i++) {
			ids[i] = story(headline(this.stories + 1));
		}
		return ids;
	}

	public long story(String headline) {
		return story(headline, "What happened: " + TestNewsroom.words() + ".", null, StoryKind.NEWS);
	}

	public long story(String headline, String summary, @Nullable String section, StoryKind kind) {
		int nth = ++this.stories;
		String url = "https://news.example/" + UUID.randomUUID();
		this.jdbc
			.sql("""
					INSERT INTO story (identity, url, headline, summary, section, kind, published_at, first_seen_at, changed_at)
					VALUES (:identity, :url, :headline, :summary, :section, :kind, :published, :published, :published)
					""")
			.param("identity", sha256(url))
			.param("url", url)
			.param("headline", headline)
			.param("summary", summary)
			.param("section", section)
			.param("kind", kind.name())
			.param("published", due().minus(Duration.ofHours(1)).minus(Duration.ofMinutes(nth)))
			.update();
		return this.jdbc.sql("SELECT id FROM story WHERE identity = :identity")
			.param("identity", sha256(url))
			.query(Long.class)
			.single();
	}

	/** Gives a story a picture that was fetched and cut already. */
	public void picture(long storyId, String url) {
		set(storyId, "image_url", url);
		this.jdbc.sql("""
				INSERT INTO story_image (hash, bytes, width, height, used_at)
				VALUES (LEFT(SHA2(:url, 256), 32), 'jpeg', 1104, 552, '2099-01-01')
				ON DUPLICATE KEY UPDATE width = 1104
				""").param("url", url).update();
		this.jdbc.sql("""
				INSERT INTO story_image_fetch (url_hash, fetched_at, lead_hash, side_hash)
				VALUES (UNHEX(SHA2(:url, 256)), '2099-01-01', LEFT(SHA2(:url, 256), 32), LEFT(SHA2(:url, 256), 32))
				ON DUPLICATE KEY UPDATE problem = NULL
				""").param("url", url).update();
	}

	/** Sets a column of a story. */
	public void set(long storyId, String column, Object value) {
		this.jdbc.sql("UPDATE story SET " + column + " = :value WHERE id = :id")
			.param("value", value)
			.param("id", storyId)
			.update();
	}

	/** Puts a link beside a story, after those it has. */
	public void relate(long storyId, String url, String title) {
		this.jdbc.sql("""
				INSERT INTO story_related (story_id, position, url, title)
				SELECT :story, COUNT(*) + 1, :url, :title FROM story_related WHERE story_id = :story
				""").param("story", storyId).param("url", url).param("title", title).update();
	}

	private static byte[] sha256(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
