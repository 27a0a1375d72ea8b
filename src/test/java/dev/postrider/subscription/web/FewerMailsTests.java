package dev.postrider.subscription.web;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.DepartureReason;
import dev.postrider.subscription.DepartureReasons;
import dev.postrider.subscription.ReaderLinks;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestNewsroom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the unsubscribe page offers beside leaving, what it asks after, and joining again
 * or more; each with a newsletter of its own.
 */
@PostriderTest
class FewerMailsTests {

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private ReaderLinks links;

	@Autowired
	private DepartureReasons reasons;

	@Autowired
	private TestClock clock;

	private ReaderSite site;

	private Newsletter newsletter;

	private long id;

	private String path;

	@BeforeEach
	void reader() {
		this.site = new ReaderSite(this.port);
		TestNewsroom newsroom = new TestNewsroom(this.jdbc, this.newsletters, this.clock);
		this.newsletter = newsroom.newsletter();
		this.id = newsroom.reader(this.newsletter, ReaderSite.someAddress());
		this.path = URI.create(this.links.unsubscribe(this.id, this.newsletter.id())).getPath();
	}

	@Test
	void oneDayOnlyAndBack() {
		choose("topics = 'Sport', days = 5");
		assertThat(this.site.get(this.path).body()).contains("Or get fewer mails", "value=\"WED\"");
		HttpResponse<String> fewer = act("days", "days", "WED");
		assertThat(fewer.statusCode()).isEqualTo(200);
		assertThat(fewer.body()).contains("You get fewer mails", "on Wednesday.", "name=\"days\" value=\"MON\"",
				"name=\"days\" value=\"WED\"");
		assertThat(subscription()).containsEntry("days", 4).containsEntry("topics", "Sport");
		HttpResponse<String> back = act("days", "days", "MON", "days", "WED", "undo", "true");
		assertThat(back.body()).contains("As before", "on Monday and Wednesday.");
		assertThat(subscription()).containsEntry("days", 5);
		assertThat(actions()).containsExactly("CHANGED", "CHANGED");
	}

	@Test
	void wrongDaysChangeNothing() {
		for (String day : List.of("TUE", "never", "")) {
			HttpResponse<String> answer = act("days", "days", day);
			assertThat(answer.statusCode()).isEqualTo(422);
			assertThat(answer.body()).contains(">Unsubscribe</button>");
		}
		assertThat(subscription()).containsEntry("days", null);
		assertThat(actions()).isEmpty();
	}

	@Test
	void pausesForFourWeeksAndBack() {
		assertThat(act("pause").body()).contains("Paused", "again from Mon 21 December 2026");
		assertThat(subscription().get("paused_until")).hasToString("2026-12-21");
		assertThat(this.site.get(this.path).body()).contains("It comes again from Mon 21 December 2026")
			.doesNotContain("Pause for 4 weeks");
		assertThat(act("resume").body()).contains("The pause is over");
		assertThat(subscription().get("paused_until")).isNull();
	}

	@Test
	@DisplayName("C6: why is asked after leaving, need not be told, and counts until the reader is back")
	void asksWhyAfterwards() {
		assertThat(act("reason", "reason", "TOO_OFTEN").body()).contains(">Unsubscribe</button>");
		assertThat(act("leave").body()).contains("You are unsubscribed", "Why did you leave?", "It comes too often");
		assertThat(counted()).isEmpty();
		assertThat(act("reason").body()).contains("Why did you leave?", "Undo");
		assertThat(act("reason", "reason", "because").body()).contains("Why did you leave?");
		assertThat(act("reason", "reason", "TOO_OFTEN").body()).contains("Thank you", "Undo");
		assertThat(counted()).containsExactly(Map.entry(DepartureReason.TOO_OFTEN, 1));
		act("reason", "reason", "NEVER_ASKED");
		assertThat(counted()).containsExactly(Map.entry(DepartureReason.NEVER_ASKED, 1));
		assertThat(act("undo").body()).contains("You are subscribed again");
		assertThat(counted()).isEmpty();
	}

	@Test
	@DisplayName("a link that unsubscribes is good for nothing else of its reader's")
	void unsubscribeLinksOpenNoOtherPage() {
		for (String done : List.of(act("days", "days", "WED").body(), act("pause").body(), act("leave").body())) {
			assertThat(done).doesNotContain("/preferences/");
		}
	}

	@Test
	@DisplayName("every newsletter can be joined by the link in a mail, on its own wording")
	void joinsAnother() {
		TestNewsroom newsroom = new TestNewsroom(this.jdbc, this.newsletters, this.clock);
		var other = newsroom.newsletter();
		String preferences = URI.create(this.links.preferences(this.id, 0)).getPath();
		assertThat(bare(this.site.get(preferences))).contains("Get " + other.name(), "Please send me " + other.name());
		HttpResponse<String> joined = this.site.post(preferences, "action", "join", "newsletter", other.slug());
		assertThat(bare(joined)).contains("You will get " + other.name(), "Unsubscribe from " + other.name())
			.doesNotContain("Get " + other.name());
		assertThat(wording(other.id())).contains("Please send me " + other.name());
		// Leaving the last one and coming back by the same page.
		for (String slug : List.of(this.newsletter.slug(), other.slug())) {
			this.site.post(preferences, "action", "leave", "newsletter", slug);
		}
		assertThat(status()).isEqualTo("UNSUBSCRIBED");
		this.site.post(preferences, "action", "join", "newsletter", other.slug());
		assertThat(status()).isEqualTo("ACTIVE");
		assertThat(this.site.post(preferences, "action", "join", "newsletter", other.slug()).body())
			.contains("cannot be added here");
		assertThat(this.site.post(preferences, "action", "join", "newsletter", "none").statusCode()).isEqualTo(422);
	}

	@Test
	void whoMustNotBeMailedCannotJoin() {
		var other = new TestNewsroom(this.jdbc, this.newsletters, this.clock).newsletter();
		this.jdbc.sql("UPDATE subscriber SET status = 'SUPPRESSED' WHERE id = ?").param(this.id).update();
		String preferences = URI.create(this.links.preferences(this.id, 0)).getPath();
		assertThat(this.site.get(preferences).body()).doesNotContain("Get " + other.name());
		this.site.post(preferences, "action", "join", "newsletter", other.slug());
		assertThat(status()).isEqualTo("SUPPRESSED");
	}

	private HttpResponse<String> act(String action, String... fields) {
		String[] all = java.util.Arrays.copyOf(fields, fields.length + 2);
		all[fields.length] = "action";
		all[fields.length + 1] = action;
		return this.site.post(this.path, all);
	}

	private Map<DepartureReason, Integer> counted() {
		Map<DepartureReason, Integer> counts = this.reasons.counts(this.newsletter.id(), TestClock.START);
		assertThat(counts).hasSize(DepartureReason.values().length);
		counts.values().removeIf((count) -> count == 0);
		return counts;
	}

	private void choose(String assignment) {
		this.jdbc.sql("UPDATE subscription SET " + assignment + " WHERE subscriber_id = ?").param(this.id).update();
	}

	private Map<String, Object> subscription() {
		return this.jdbc.sql("""
				SELECT CAST(days AS SIGNED) AS days, topics, paused_until FROM subscription
				WHERE subscriber_id = ? AND newsletter_id = ?
				""").params(this.id, this.newsletter.id()).query((row, index) -> {
			Map<String, Object> values = new java.util.HashMap<>();
			int days = row.getInt("days");
			values.put("days", row.wasNull() ? null : days);
			values.put("topics", row.getString("topics"));
			values.put("paused_until", row.getString("paused_until"));
			return values;
		}).single();
	}

	private String status() {
		return this.jdbc.sql("SELECT status FROM subscriber WHERE id = ?").param(this.id).query(String.class).single();
	}

	private String wording(long newsletterId) {
		return this.jdbc.sql("SELECT wording FROM consent WHERE subscriber_id = ? AND newsletter_id = ?")
			.params(this.id, newsletterId)
			.query(String.class)
			.single();
	}

	private List<String> actions() {
		return this.jdbc.sql("SELECT action FROM consent WHERE subscriber_id = ? ORDER BY id")
			.param(this.id)
			.query(String.class)
			.list();
	}

	/** Without the marks that keep names of another direction apart. */
	private static String bare(HttpResponse<String> page) {
		return page.body().replaceAll("</?bdi>", "");
	}

}
