package dev.postrider.story;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.Run;
import dev.postrider.run.RunHistory;
import dev.postrider.run.RunLauncher;
import dev.postrider.story.feed.Corpus;
import dev.postrider.story.feed.FeedFetcher;
import dev.postrider.story.feed.FeedReader;
import dev.postrider.story.feed.FeedServer;
import dev.postrider.story.feed.StorySettings;
import dev.postrider.story.ingest.StoryWriter;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Sources from adding to removing, with their stories. All dates are far from other
 * tests' editions.
 */
@PostriderTest
class SourcesTests {

	private static final String DATE = "Tue, 05 Mar 2019 10:00:00 GMT";

	private final FeedServer server = new FeedServer();

	private final String id = UUID.randomUUID().toString();

	private final List<Long> added = new ArrayList<>();

	private ApplicationListener<PayloadApplicationEvent<?>> listener = (event) -> {
	};

	@Autowired
	private Sources sources;

	@Autowired
	private PollRecord record;

	@Autowired
	private FeedFetcher fetcher;

	@Autowired
	private StoryWriter writer;

	@Autowired
	private StoryPicker picker;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private RunLauncher launcher;

	@Autowired
	private RunHistory history;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TestClock clock;

	@Autowired
	private ConfigurableApplicationContext context;

	@AfterEach
	void tidy() {
		this.added.forEach(this.sources::remove);
		this.context.removeApplicationListener(this.listener);
		this.clock.reset();
		this.server.close();
	}

	@Test
	void aBrokenFeedIsReportedAndStopsNobodyElse() {
		List<Object> events = events();
		this.server.serve("/good", feed("Good", "One"))
			.serve("/broken", "<html><body>We are sorry</body></html>")
			.on("/gone", (exchange) -> FeedServer.answer(exchange, 404, new byte[0]))
			.serve("/other", feed("Other", "Two"));
		Source good = add("/good", null);
		Source broken = add("/broken", null);
		Source gone = add("/gone", null);
		Source other = add("/other", "Business");

		Sources.Poll poll = this.sources.poll(true);

		assertThat(poll.failed()).isGreaterThanOrEqualTo(2);
		assertThat(stories(good)).containsExactly("One");
		assertThat(stories(other)).containsExactly("Two");
		assertThat(reread(good).name()).isEqualTo("Good");
		assertThat(reread(good).lastSuccessAt()).isEqualTo(TestClock.START);
		assertThat(reread(broken).lastError()).contains("a web page, not a feed");
		assertThat(reread(broken).failures()).isEqualTo(1);
		assertThat(reread(gone).lastError()).isEqualTo("127.0.0.1 answered 404: there is nothing at this address");
		assertThat(events)
			.contains(new SourceFailed(gone.id(), gone.url(), String.valueOf(reread(gone).lastError()), 1, null));

		this.server.serve("/gone", feed("Back", "Three"));
		this.sources.poll(true);

		assertThat(reread(gone).lastError()).isNull();
		assertThat(reread(gone).failures()).isZero();
		assertThat(stories(gone)).containsExactly("Three");
		assertThat(events).contains(new SourceRecovered(gone.id(), gone.url()));
	}

	@Test
	void aSourceThatNeverEndsIsGivenUpAndReported() {
		CountDownLatch end = new CountDownLatch(1);
		this.server.on("/endless", (exchange) -> {
			try {
				end.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		Source endless = add("/endless", null);
		StorySettings settings = new StorySettings(List.of(), null, DataSize.ofMegabytes(1), Duration.ofSeconds(1),
				Duration.ofSeconds(1), Duration.ofMinutes(10), Duration.ofHours(6), 4, Duration.ZERO,
				Duration.ofSeconds(1));
		try {
			Sources.Poll poll = new SourcePoller(this.record, this.fetcher, new FeedReader(), this.writer, settings,
					this.clock)
				.poll(false);
			assertThat(poll.failed()).isPositive();
		}
		finally {
			end.countDown();
		}
		assertThat(reread(endless).lastError()).contains("given up", "1 seconds");
		assertThat(reread(endless).failures()).isEqualTo(1);
	}

	@Test
	void failuresWaitTwiceAsLongEachTimeUpToSixHours() {
		this.server.serve("/broken", "no feed");
		Source source = add("/broken", null);
		List<Long> waits = new ArrayList<>();
		for (int i = 0; i < 9; i++) {
			this.sources.poll(false);
			waits.add(Duration.between(this.clock.instant(), nextPoll(source)).toMinutes());
			this.clock.set(nextPoll(source));
		}
		assertThat(waits).containsExactly(9L, 18L, 36L, 72L, 144L, 288L, 324L, 324L, 324L);
		assertThat(reread(source).failures()).isEqualTo(9);
	}

	@Test
	void onlyDueSourcesAreAskedAndOnlyWhetherTheyChanged() {
		this.server.on("/feed", (exchange) -> {
			boolean known = "\"v1\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
			exchange.getResponseHeaders().set("ETag", "\"v1\"");
			FeedServer.answer(exchange, known ? 304 : 200,
					known ? new byte[0] : feed("T", "One").getBytes(StandardCharsets.UTF_8));
		});
		Source source = add("/feed", null);
		this.sources.poll(false);
		this.sources.poll(false);
		assertThat(this.server.requests()).hasSize(1);
		this.clock.advance(Duration.ofMinutes(10));
		this.sources.poll(false);
		assertThat(this.server.requests()).hasSize(2);
		assertThat(this.server.requests().get(1).getFirst("If-None-Match")).isEqualTo("\"v1\"");
		assertThat(reread(source).lastSuccessAt()).isEqualTo(this.clock.instant());
		this.sources.poll(true);
		assertThat(this.server.requests()).hasSize(3);
	}

	@Test
	void aStoryIsStoredOnceAndChangesOnlyWhenSomethingDiffers() {
		this.server.serve("/feed", feed("T", "One", "Two"));
		Source source = add("/feed", "News");
		this.sources.poll(true);
		Instant first = this.clock.instant();
		this.clock.advance(Duration.ofMinutes(10));
		this.server.serve("/feed", feed("T", "Two", "One"));
		this.sources.poll(true);
		assertThat(changed(source)).containsOnly(first, first);
		assertThat(positions(source)).containsEntry("Two", 1).containsEntry("One", 2);

		this.server.serve("/feed", feed("T", "Two").replace("What happened.", "What really happened."));
		this.sources.poll(true);
		assertThat(changed(source)).containsOnly(first, this.clock.instant());
		assertThat(stories(source)).containsExactlyInAnyOrder("One", "Two");
	}

	@Test
	void aStoryBelongsToTheSourceThatBroughtItFirst() {
		String feed = feed("T", "One");
		this.server.serve("/a", feed).serve("/b", feed);
		Source first = add("/a", "Business");
		this.sources.poll(true);
		Source second = add("/b", "Sport");
		this.sources.poll(true);
		assertThat(stories(first)).containsExactly("One");
		assertThat(stories(second)).isEmpty();
		this.sources.remove(first.id());
		this.sources.poll(true);
		assertThat(stories(second)).containsExactly("One");
	}

	@Test
	void addingTwiceIsOneSourceWithTheNewSection() {
		Source one = add("/feed", null);
		Source two = add("/feed", "  Business ");
		assertThat(two.id()).isEqualTo(one.id());
		assertThat(two.section()).isEqualTo("Business");
	}

	@Test
	void testingStoresNothing() {
		this.server.serve("/feed", feed("The title", "One", "Two"));
		assertThat(this.sources.test(this.server.url("/feed")))
			.isEqualTo(new Sources.Preview("The title", List.of("One", "Two")));
		assertThat(this.sources.all()).extracting(Source::url).doesNotContain(this.server.url("/feed"));
		assertThatExceptionOfType(SourceException.class).isThrownBy(() -> this.sources.test(this.server.url("/none")));
	}

	@Test
	void privateAddressesAreRefusedAtOnce() {
		for (String url : List.of("http://10.0.0.1/feed", "http://[::1]/feed", "http://169.254.169.254/latest",
				"file:///etc/passwd", "ftp://news.example/x", "feed")) {
			assertThatExceptionOfType(SourceException.class).isThrownBy(() -> this.sources.add(url, null));
		}
	}

	@Test
	void theJobPollsOnceForASlot() {
		this.server.serve("/feed", feed("T", "One"));
		Source source = add("/feed", null);
		Map<String, String> slot = Map.of("slot", "test-" + this.id);
		long run = this.launcher.start("poll-sources", slot, "schedule");
		Run done = await().until(() -> this.history.find(run).orElseThrow(), (found) -> !found.isRunning());
		assertThat(done.status()).isEqualTo("COMPLETED");
		assertThat(done.steps()).singleElement().satisfies((step) -> {
			assertThat(step.name()).isEqualTo("poll");
			assertThat(step.read()).isPositive();
			assertThat(step.written()).isPositive();
		});
		assertThat(stories(source)).containsExactly("One");
		assertThatExceptionOfType(dev.postrider.run.RunRefusedException.class)
			.isThrownBy(() -> this.launcher.start("poll-sources", slot, "schedule"));
	}

	@Test
	void realFeedsYieldStoriesAndPicks() throws IOException {
		List<Path> files;
		try (Stream<Path> list = Files.list(Corpus.folder("feeds/newsroom"))) {
			files = list.filter((file) -> file.toString().matches(".*\\.(rss|atom)")).sorted().toList();
		}
		for (Path file : files) {
			byte[] bytes = Files.readAllBytes(file);
			this.server.on("/" + file.getFileName(), (exchange) -> FeedServer.answer(exchange, 200, bytes));
		}
		List<Source> corpus = files.stream().map((file) -> add("/" + file.getFileName(), "News")).toList();
		this.sources.poll(true);
		assertThat(corpus).allSatisfy((source) -> {
			assertThat(reread(source).lastError()).isNull();
			assertThat(stories(source)).isNotEmpty();
		});
		Newsletter newsletter = this.newsletters.find("highlights").orElseThrow();
		List<StoryPicker.Pick> picks = this.picker
			.pick(new StoryPicker.Request(newsletter, dev.postrider.newsletter.PickingRules.DEFAULT,
					Instant.parse("2018-02-01T06:00:00Z"), 7, java.util.Set.of(), List.of(), java.util.Set.of()))
			.picks();
		assertThat(picks).hasSize(7);
		assertThat(picks.get(0).reason()).matches("\\d+(st|nd|rd|th) in the .+ feed, \\d+ hours old.*");
		assertThat(picks.get(0).story().url()).startsWith("https://www.theguardian.com/");
	}

	private List<Object> events() {
		List<Object> events = new CopyOnWriteArrayList<>();
		this.listener = (event) -> events.add(event.getPayload());
		this.context.addApplicationListener(this.listener);
		return events;
	}

	private Source add(String path, String section) {
		Source source = this.sources.add(this.server.url(path), section);
		this.added.add(source.id());
		return source;
	}

	private Source reread(Source source) {
		return this.sources.find(source.id()).orElseThrow();
	}

	private String feed(String title, String... headlines) {
		return FeedServer.rss(title,
				Stream.of(headlines)
					.map((headline) -> FeedServer.item(headline,
							URI.create("https://news.example/" + this.id + "/" + headline).toString(), DATE))
					.toArray(String[]::new));
	}

	private List<String> stories(Source source) {
		return this.jdbc.sql("SELECT headline FROM story WHERE source_id = :id ORDER BY id")
			.param("id", source.id())
			.query(String.class)
			.list();
	}

	private List<Instant> changed(Source source) {
		return this.jdbc.sql("SELECT changed_at FROM story WHERE source_id = :id")
			.param("id", source.id())
			.query((row, number) -> dev.postrider.SqlTime.at(row, "changed_at"))
			.list();
	}

	private Map<String, Integer> positions(Source source) {
		Map<String, Integer> positions = new java.util.HashMap<>();
		this.jdbc.sql("SELECT headline, feed_position FROM story WHERE source_id = :id")
			.param("id", source.id())
			.query((row) -> {
				positions.put(row.getString(1), row.getInt(2));
			});
		return positions;
	}

	private Instant nextPoll(Source source) {
		return this.jdbc.sql("SELECT next_poll_at FROM source WHERE id = :id")
			.param("id", source.id())
			.query((row, number) -> dev.postrider.SqlTime.at(row, "next_poll_at"))
			.single();
	}

}
