package dev.postrider.story;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

import dev.postrider.story.feed.FeedReader;
import dev.postrider.story.feed.FeedServer;
import dev.postrider.story.feed.Fetched;
import dev.postrider.story.ingest.FeedStories;
import dev.postrider.story.ingest.StoryWriter;
import dev.postrider.testing.Figures;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestNewsroom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

/**
 * {@code mvn -q -Pbench verify -Dbench=ingest [-Dstories=100000]}: how long it takes from
 * the bytes of feeds to rows, the first time, when nothing is new, and when one story of
 * ten was changed.
 */
@Tag("bench")
@Tag("ingest")
@PostriderTest
class IngestBenchmark {

	private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");

	private static final int ITEMS = 500;

	@Autowired
	private Sources sources;

	@Autowired
	private StoryWriter writer;

	@Autowired
	private TestClock clock;

	private final FeedReader reader = new FeedReader();

	@Test
	void ingest() {
		int stories = Integer.getInteger("stories", 100_000);
		List<String> words = new ArrayList<>();
		for (int i = 0; i < stories; i++) {
			words.add(TestNewsroom.words());
		}
		List<Long> feeds = new ArrayList<>();
		for (int i = 0; i * ITEMS < stories; i++) {
			feeds.add(this.sources.add("http://127.0.0.1:1/bench/" + i + ".xml", "Section " + i % 12).id());
		}
		round("first", feeds, words);
		this.clock.advance(Duration.ofMinutes(10));
		round("unchanged", feeds, words);
		for (int i = 0; i < stories; i += 10) {
			words.set(i, TestNewsroom.words());
		}
		this.clock.advance(Duration.ofMinutes(10));
		round("tenth_changed", feeds, words);
		this.clock.reset();
	}

	private void round(String name, List<Long> feeds, List<String> words) {
		StoryWriter.Written sum = new StoryWriter.Written(0, 0, 0);
		long nanos = 0;
		for (int i = 0; i < feeds.size(); i++) {
			Fetched fetched = Fetched.of(URI.create("https://news.example/bench/" + i + ".xml"), feed(i, words));
			long from = System.nanoTime();
			StoryWriter.Written written = this.writer
				.write(FeedStories.of(this.reader.read(fetched), null, this.clock.instant()), feeds.get(i));
			nanos += System.nanoTime() - from;
			sum = new StoryWriter.Written(sum.created() + written.created(), sum.updated() + written.updated(),
					sum.unchanged() + written.unchanged());
		}
		Figures.of("ingest_" + name)
			.add("stories", words.size())
			.add("created", sum.created())
			.add("updated", sum.updated())
			.add("seconds", nanos / 1e9)
			.add("per_second", words.size() / (nanos / 1e9))
			.print();
	}

	private static byte[] feed(int nth, List<String> words) {
		List<String> items = new ArrayList<>();
		for (int i = nth * ITEMS; i < Math.min(words.size(), (nth + 1) * ITEMS); i++) {
			String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(NOW.minusSeconds(i).atOffset(ZoneOffset.UTC));
			items.add(FeedServer
				.item("Story of " + words.get(i).substring(0, 40), "https://news.example/bench/" + i, date)
				.replace("What happened.", "<![CDATA[<p>What happened: " + words.get(i) + ".</p>]]>"));
		}
		return FeedServer.rss("Feed " + nth, items.toArray(String[]::new)).getBytes(StandardCharsets.UTF_8);
	}

}
