package dev.postrider.story.pick;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.newsletter.PickingRules;
import dev.postrider.story.Story;
import dev.postrider.story.StoryPicker;
import dev.postrider.story.StoryPicker.Picking;
import dev.postrider.story.StoryPicker.Request;
import dev.postrider.testing.Figures;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestNewsroom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * {@code mvn -q -Pbench verify -Dbench=pick}: how long it takes to pick seven of ten
 * thousand stories: scoring, finding the stories of one event and choosing, and the same
 * with reading them from the database.
 */
@Tag("bench")
@Tag("pick")
@PostriderTest
class PickBenchmark {

	private static final int STORIES = 10_000;

	private static final int ROUNDS = 15;

	private static final String[] SECTIONS = { "Politics", "Business", "Sport", "City", "Culture", "Science" };

	/** Far from what other tests wrote. */
	private static final Instant AT = Instant.parse("2045-03-06T06:00:00Z");

	@Autowired
	private StoryPicker picker;

	@Autowired
	private StoredFacts stored;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TransactionTemplate transactions;

	@Autowired
	private Clock clock;

	@Test
	void pick() {
		Newsletter newsletter = new TestNewsroom(this.jdbc, this.newsletters, this.clock).newsletter();
		this.transactions.executeWithoutResult((status) -> store(newsletter));
		Request request = new Request(newsletter, PickingRules.DEFAULT, AT, 7, Set.of(), List.of(), Set.of());
		List<Facts> facts = this.stored.now(newsletter, AT, AT);
		print("memory", facts.size(), () -> Choice.of(facts, request));
		print("database", facts.size(), () -> this.picker.pick(request));
	}

	private static void print(String from, int candidates, Supplier<Picking> pick) {
		double[] millis = new double[ROUNDS];
		double[] cpu = new double[ROUNDS];
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		Picking picking = pick.get();
		for (int i = 0; i < 10; i++) {
			pick.get();
		}
		for (int i = 0; i < ROUNDS; i++) {
			long begin = System.nanoTime();
			long worked = threads.getCurrentThreadCpuTime();
			picking = pick.get();
			cpu[i] = (threads.getCurrentThreadCpuTime() - worked) / 1e6;
			millis[i] = (System.nanoTime() - begin) / 1e6;
		}
		Arrays.sort(millis);
		Arrays.sort(cpu);
		Figures.of("pick_" + from)
			.add("candidates", candidates)
			.add("picks", picking.picks().size())
			.add("median_millis", millis[ROUNDS / 2])
			.add("median_cpu_millis", cpu[ROUNDS / 2])
			.add("worst_millis", millis[ROUNDS - 1])
			.print();
	}

	/**
	 * With places in three feeds, numbers for half of them, and a few boosts and bans.
	 */
	private void store(Newsletter newsletter) {
		Random random = new Random(5);
		List<Long> sources = new ArrayList<>();
		for (String name : List.of("Courier", "Coast", "Sport")) {
			sources.add(source(name));
		}
		for (Story story : new Wire(5, AT).stories(STORIES)) {
			long id = story(story, random);
			this.jdbc
				.sql("INSERT INTO story_sighting (story_id, source_id, position, first_seen_at) VALUES (?, ?, ?, ?)")
				.params(id, sources.get(random.nextInt(sources.size())), 1 + random.nextInt(200), AT)
				.update();
			if (random.nextBoolean()) {
				this.jdbc.sql("""
						INSERT INTO story_engagement (story_id, views, comments, shares, updated_at)
						VALUES (?, ?, ?, ?, ?)
						""").params(id, random.nextInt(20_000), random.nextInt(200), random.nextInt(200), AT).update();
			}
			if (random.nextInt(100) == 0) {
				this.jdbc.sql(
						"INSERT INTO story_ban (newsletter_id, story_id, banned_by, banned_at) VALUES (?, ?, 'ann', ?)")
					.params(newsletter.id(), id, AT)
					.update();
			}
		}
	}

	private long source(String name) {
		String url = "https://feeds.example/bench/" + name;
		this.jdbc.sql("""
				INSERT INTO source (url, url_hash, name, next_poll_at, created_at)
				VALUES (:url, UNHEX(SHA2(:url, 256)), :name, '2199-01-01', :now)
				""").param("url", url).param("name", name).param("now", AT).update();
		return this.jdbc.sql("SELECT id FROM source WHERE url = ?").param(url).query(Long.class).single();
	}

	private long story(Story story, Random random) {
		Instant published = AT.minus(Duration.ofMinutes(1 + random.nextInt(72 * 60 - 2)));
		this.jdbc
			.sql("""
					INSERT INTO story (identity, url, headline, summary, section, kind, published_at, first_seen_at, changed_at)
					VALUES (UNHEX(SHA2(:url, 256)), :url, :headline, :summary, :section, :kind, :published, :published, :published)
					""")
			.param("url", story.url())
			.param("headline", story.headline())
			.param("summary", story.summary())
			.param("section", SECTIONS[random.nextInt(SECTIONS.length)])
			.param("kind", (random.nextInt(20) == 0) ? "PODCAST" : (random.nextInt(10) == 0) ? "FEATURE" : "NEWS")
			.param("published", published)
			.update();
		return this.jdbc.sql("SELECT LAST_INSERT_ID()").query(Long.class).single();
	}

}
