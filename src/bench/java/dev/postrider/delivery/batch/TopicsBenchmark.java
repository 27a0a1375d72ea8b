package dev.postrider.delivery.batch;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionComposer;
import dev.postrider.edition.EditionRenderer;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.story.StoryKind;
import dev.postrider.story.ingest.IncomingStory;
import dev.postrider.story.ingest.StoryWriter;
import dev.postrider.testing.Figures;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestNewsroom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * {@code mvn -q -Pbench verify -Dbench=topics [-Dreaders=200000]}: how long freezing and
 * rendering take when half of the readers chose among eight topics, in all 255 ways.
 */
@Tag("bench")
@Tag("topics")
@PostriderTest
class TopicsBenchmark {

	private static final List<String> SECTIONS = List.of("Politics", "Business", "World", "Sport", "Culture", "Science",
			"Travel", "Food");

	private static final int STORIES = 2_000;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private JdbcTemplate batch;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private StoryWriter writer;

	@Autowired
	private Editions editions;

	@Autowired
	private EditionComposer composer;

	@Autowired
	private EditionRenderer renderer;

	@Autowired
	private Audience audience;

	@Autowired
	private TestClock clock;

	private final Random random = new Random(7);

	@Test
	void topics() {
		int readers = Integer.getInteger("readers", 200_000);
		LocalDate date = LocalDate.of(2061, 1, 3);
		this.clock.set(Instant.parse(date + "T06:00:00Z"));
		Newsletter newsletter = new TestNewsroom(this.jdbc, this.newsletters, this.clock).newsletter();
		stories();
		readers(newsletter, readers);
		Edition edition = this.editions.open(newsletter, date, 1, this.clock.instant());
		this.composer.compose(edition.id(), newsletter);
		this.editions.approve(edition.id(), "bench");
		Edition sending = this.editions.changeStatus(edition.id(), EditionStatus.SENDING, null);
		long from = System.nanoTime();
		this.audience.freeze(Audience.Frozen.of(edition), 1000, this.clock.instant());
		double freeze = (System.nanoTime() - from) / 1e6;
		from = System.nanoTime();
		this.renderer.render(sending, newsletter);
		double render = (System.nanoTime() - from) / 1e6;
		Figures.of("topics")
			.add("readers", readers)
			.add("stories", STORIES)
			.add("choices", count("SELECT COUNT(*) FROM edition_topics WHERE edition_id = ?", edition))
			.add("variants", count("SELECT COUNT(DISTINCT variant) FROM delivery WHERE edition_id = ?", edition))
			.add("freeze_millis", freeze)
			.add("render_millis", render)
			.print();
	}

	private long count(String sql, Edition edition) {
		return this.jdbc.sql(sql).param(edition.id()).query(Long.class).single();
	}

	private void stories() {
		List<IncomingStory> stories = new ArrayList<>();
		for (int i = 0; i < STORIES; i++) {
			stories.add(new IncomingStory("https://news.example/bench/" + i, "Story of " + TestNewsroom.words(),
					"Told by " + TestNewsroom.words(), "", SECTIONS.get(this.random.nextInt(SECTIONS.size())),
					List.of(), null, StoryKind.NEWS, "en", null, null, List.of(),
					this.clock.instant().minusSeconds(60L * (i + 1)), null, false, null));
		}
		this.writer.write(stories, null);
	}

	private void readers(Newsletter newsletter, int readers) {
		Object now = this.clock.instant();
		List<Object[]> subscribers = new ArrayList<>();
		for (int i = 1; i <= readers; i++) {
			String address = "bench" + i + "@readers.example";
			subscribers.add(new Object[] { 50_000_000L + i, address, address, now, now });
		}
		this.batch.batchUpdate("""
				INSERT INTO subscriber (id, email, email_key, status, created_at, status_changed_at)
				VALUES (?, ?, ?, 'ACTIVE', ?, ?)
				""", subscribers);
		List<Object[]> subscriptions = new ArrayList<>();
		for (int i = 1; i <= readers; i++) {
			subscriptions.add(new Object[] { newsletter.id(), 50_000_000L + i, choice(), now, now });
		}
		this.batch.batchUpdate("""
				INSERT INTO subscription (newsletter_id, subscriber_id, topics, requested_at, confirmed_at)
				VALUES (?, ?, ?, ?, ?)
				""", subscriptions);
	}

	/** Half of the readers choose, each of the ways as often as any other. */
	private String choice() {
		int ways = this.random.nextInt(512);
		List<String> topics = new ArrayList<>();
		for (int i = 0; i < SECTIONS.size(); i++) {
			if ((ways & (1 << i)) != 0) {
				topics.add(SECTIONS.get(i));
			}
		}
		return (ways >= 256 || topics.isEmpty()) ? null : String.join(",", topics);
	}

}
