package dev.postrider.subscription.web;

import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import com.microsoft.playwright.Page;
import dev.postrider.delivery.DigestRuns;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.RunHistory;
import dev.postrider.subscription.ReaderLinks;
import dev.postrider.testing.Browser;
import dev.postrider.testing.LinkScanner;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestNewsroom;
import dev.postrider.testing.TestRelay;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Filters that open the links of every kind of mail a reader gets. The reader stands so
 * that each link could do something: one has signed up and not confirmed, one is
 * subscribed, has been mailed an edition and is about to move.
 */
@PostriderTest
class ScannerTests {

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private ReaderLinks links;

	@Autowired
	private DigestRuns digests;

	@Autowired
	private RunHistory runs;

	@Autowired
	private TestClock clock;

	private final Set<String> paths = new LinkedHashSet<>();

	private String pending = "";

	private String reader = "";

	private String wanted = "";

	@BeforeEach
	void mails() {
		ReaderSite site = new ReaderSite(this.port);
		this.pending = ReaderSite.someAddress();
		this.reader = ReaderSite.someAddress();
		this.wanted = ReaderSite.someAddress();
		TestNewsroom newsroom = new TestNewsroom(this.jdbc, this.newsletters, this.clock);
		Newsletter newsletter = newsroom.newsletter();
		newsroom.story("Harbour bridge opens " + TestNewsroom.words());
		newsroom.reader(newsletter, TestNewsroom.address("reader"));
		send(newsletter);

		site.signUp(this.pending);
		// Confirmed, and so mailed the edition; known when signing up again; asked for
		// the link; about to move.
		site.post("/subscribe", "email", this.reader, "consent", "true", "newsletter", newsletter.slug());
		site.post(ReaderSite.link(ReaderSite.awaitMail(this.reader, 1)));
		ReaderSite.awaitMail(this.reader, 2);
		site.post("/subscribe", "email", this.reader, "consent", "true", "newsletter", newsletter.slug());
		ReaderSite.awaitMail(this.reader, 3);
		site.post("/preferences", "email", this.reader);
		ReaderSite.awaitMail(this.reader, 4);
		site.post(URI.create(this.links.preferences(id(this.reader), 0)).getPath(), "action", "address", "email",
				this.wanted);
		ReaderSite.awaitMail(this.wanted, 1);
		for (String email : List.of(this.pending, this.reader, this.wanted)) {
			TestRelay.get().to(email).forEach((mail) -> this.paths.addAll(LinkScanner.paths(mail)));
		}
		assertThat(this.paths).as("links of all kinds")
			.anyMatch((path) -> path.startsWith("/confirm/"))
			.anyMatch((path) -> path.startsWith("/preferences/"))
			.anyMatch((path) -> path.startsWith("/unsubscribe/"))
			.anyMatch((path) -> path.startsWith("/address/"))
			.anyMatch((path) -> path.startsWith("/editions/"));
	}

	@Test
	@DisplayName("S1 L13: asking for every link by GET, HEAD and OPTIONS, or opening it in a browser, changes nothing")
	void scannersChangeNothing() {
		List<String> before = rows();
		assertThat(before).hasSizeGreaterThan(8);
		LinkScanner.ask(this.port, this.paths);
		assertThat(rows()).isEqualTo(before);
		Page page = Browser.newPage(Browser.Look.LIGHT);
		try {
			LinkScanner.open(page, this.port, this.paths);
		}
		finally {
			page.context().close();
		}
		assertThat(rows()).isEqualTo(before);
	}

	/** All that is kept of the two readers, row by row. */
	private List<String> rows() {
		long one = id(this.pending);
		long two = id(this.reader);
		return List
			.of("subscriber WHERE id", "subscription WHERE subscriber_id", "consent WHERE subscriber_id",
					"address_change WHERE subscriber_id", "departure_reason WHERE subscriber_id",
					"welcome WHERE subscriber_id")
			.stream()
			.flatMap((table) -> this.jdbc.sql("SELECT * FROM " + table + " IN (?, ?) ORDER BY 1, 2")
				.params(one, two)
				.query()
				.listOfRows()
				.stream()
				.map((row) -> table + " " + row.values().stream().map(ScannerTests::text).toList()))
			.toList();
	}

	private static String text(@Nullable Object value) {
		return (value instanceof byte[] bytes) ? HexFormat.of().formatHex(bytes) : String.valueOf(value);
	}

	private void send(Newsletter newsletter) {
		long run = this.digests.send(newsletter.slug(), LocalDate.of(2026, 11, 23), 1, "test");
		await().atMost(Duration.ofSeconds(60)).until(() -> !this.runs.find(run).orElseThrow().isRunning());
		assertThat(this.runs.find(run).orElseThrow().status()).isEqualTo("COMPLETED");
	}

	private long id(String email) {
		return this.jdbc.sql("SELECT id FROM subscriber WHERE email_key = ?").param(email).query(Long.class).single();
	}

}
