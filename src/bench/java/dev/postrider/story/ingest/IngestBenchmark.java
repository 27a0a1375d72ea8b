package dev.postrider.story.ingest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.postrider.story.Story;
import dev.postrider.story.pick.Wire;
import dev.postrider.testing.Figures;
import dev.postrider.testing.PostriderTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code mvn -q -Pbench verify -Dbench=ingest}: storing 100,000 stories of 100 feeds,
 * then the same again as polls do, unchanged and with every tenth changed.
 */
@Tag("bench")
@Tag("ingest")
@PostriderTest
class IngestBenchmark {

	private static final int FEEDS = 100;

	private static final int ITEMS = 1_000;

	private final String run = UUID.randomUUID().toString().substring(0, 8);

	@Autowired
	private StoryWriter writer;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void ingest() {
		List<Story> stories = new Wire(11, Instant.parse("2026-11-23T06:00:00Z")).stories(FEEDS * ITEMS);
		List<Long> sources = new ArrayList<>();
		for (int i = 0; i < FEEDS; i++) {
			sources.add(source(i));
		}
		double first = round(stories, sources, "");
		double again = round(stories, sources, "");
		double changed = round(stories, sources, " (updated)");
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM story WHERE url LIKE ?")
			.param("https://" + this.run + ".example/%")
			.query(Integer.class)
			.single()).isEqualTo(FEEDS * ITEMS);
		Figures.of("ingest")
			.add("stories", FEEDS * ITEMS)
			.add("new_seconds", first)
			.add("new_per_second", FEEDS * ITEMS / first)
			.add("unchanged_seconds", again)
			.add("unchanged_per_second", FEEDS * ITEMS / again)
			.add("tenth_changed_seconds", changed)
			.add("tenth_changed_per_second", FEEDS * ITEMS / changed)
			.print();
	}

	private double round(List<Story> stories, List<Long> sources, String ending) {
		long nanos = 0;
		for (int feed = 0; feed < FEEDS; feed++) {
			List<IncomingStory> items = new ArrayList<>();
			for (int i = 0; i < ITEMS; i++) {
				items.add(incoming(stories.get(feed * ITEMS + i), i + 1, (i % 10 == 0) ? ending : ""));
			}
			long from = System.nanoTime();
			this.writer.write(items, sources.get(feed));
			nanos += System.nanoTime() - from;
		}
		return nanos / 1e9;
	}

	private IncomingStory incoming(Story story, int position, String ending) {
		return new IncomingStory(story.url().replace("wire", this.run), story.headline() + ending, story.summary(), "",
				"City", List.of("harbour", "council"), "Mara Lindqvist", story.kind(), "en", null, null, List.of(),
				story.publishedAt(), null, false, position);
	}

	private long source(int feed) {
		String url = "https://" + this.run + ".example/feeds/" + feed;
		Instant now = Instant.now();
		this.jdbc.sql("INSERT INTO source (url, url_hash, next_poll_at, created_at) VALUES (?, ?, ?, ?)")
			.params(url, sha256(url), now, now)
			.update();
		return this.jdbc.sql("SELECT id FROM source WHERE url = ?").param(url).query(Long.class).single();
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
