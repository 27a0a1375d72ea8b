package dev.postrider.testing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import dev.postrider.delivery.DigestRuns;
import dev.postrider.edition.Edition;
import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.Run;
import dev.postrider.run.RunHistory;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.awaitility.Awaitility.await;

/**
 * A newsletter of a test's own, its readers, its edition of {@link #MONDAY} on the way to
 * them and what the ledger says of it. Each injection makes a new one and resets the
 * clock, so a test method has it to itself.
 */
public final class TestMailing {

	/** The day of {@link TestClock#START}. */
	public static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

	private final JdbcClient jdbc;

	private final Newsletters newsletters;

	private final DigestRuns digests;

	private final RunHistory runs;

	private final Editions editions;

	private final TestNewsroom newsroom;

	private final long newsletter;

	TestMailing(JdbcClient jdbc, Newsletters newsletters, DigestRuns digests, RunHistory runs, Editions editions,
			TestClock clock) {
		clock.reset();
		this.jdbc = jdbc;
		this.newsletters = newsletters;
		this.digests = digests;
		this.runs = runs;
		this.editions = editions;
		this.newsroom = new TestNewsroom(jdbc, newsletters, clock);
		this.newsletter = this.newsroom.newsletter().id();
	}

	/** As it is stored now. */
	public Newsletter newsletter() {
		return this.newsletters.find(this.newsletter).orElseThrow();
	}

	/** Where rows of other kinds are made. */
	public TestNewsroom newsroom() {
		return this.newsroom;
	}

	/** A story published an hour ago. */
	public long story(String headline) {
		return this.newsroom.story(headline);
	}

	/** A story published then. */
	public long story(String headline, Instant publishedAt) {
		return this.newsroom.story(headline, publishedAt);
	}

	/** A verified reader with this address; the relay's faults go by how it begins. */
	public long add(String address) {
		return this.newsroom.reader(newsletter(), address);
	}

	/** A reader of this status. */
	public long add(String address, String status, boolean confirmed) {
		return this.newsroom.reader(newsletter(), address, status, confirmed);
	}

	/** A verified reader with an address that nobody else has. */
	public long reader(String prefix) {
		return add(TestNewsroom.address(prefix));
	}

	/** The same, for whom the address is what the test goes on with. */
	public String address(String prefix) {
		String address = TestNewsroom.address(prefix);
		add(address);
		return address;
	}

	/** So many of them. */
	public List<Long> readers(String prefix, int count) {
		List<Long> ids = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			ids.add(reader(prefix));
		}
		return ids;
	}

	/** Starts Monday's edition. */
	public long send() {
		return send(MONDAY, 1);
	}

	/** Starts the edition of that day and number. */
	public long send(LocalDate day, int number) {
		return this.digests.send(newsletter().slug(), day, number, "test");
	}

	/** The run once it has ended. */
	public Run finish(long run) {
		return await().until(() -> this.runs.find(run).orElseThrow(), (found) -> !found.isRunning());
	}

	/** Monday's edition. */
	public Edition edition() {
		return edition(MONDAY, 1);
	}

	/** The edition of that day and number. */
	public Edition edition(LocalDate day, int number) {
		return this.editions.find(this.newsletter, day, number).orElseThrow();
	}

	/** Status and reply of a reader's delivery; "none" where the ledger has no row. */
	public String status(long subscriber) {
		return this.jdbc.sql("SELECT CONCAT(status, ' ', COALESCE(reply, '')) FROM delivery WHERE subscriber_id = ?")
			.param(subscriber)
			.query(String.class)
			.optional()
			.orElse("none");
	}

	/** How many of these readers' deliveries have that status. */
	public int count(List<Long> subscribers, String status) {
		return this.jdbc.sql("SELECT COUNT(*) FROM delivery WHERE subscriber_id IN (:ids) AND status = :status")
			.param("ids", subscribers)
			.param("status", status)
			.query(Integer.class)
			.single();
	}

	/** Attempts for these readers in all. */
	public int attempts(List<Long> subscribers) {
		return this.jdbc.sql("SELECT COALESCE(SUM(attempts), 0) FROM delivery WHERE subscriber_id IN (:ids)")
			.param("ids", subscribers)
			.query(Integer.class)
			.single();
	}

	/** What the relay said of these readers; empty where nothing yet. */
	public List<String> replies(List<Long> subscribers) {
		return this.jdbc.sql("SELECT COALESCE(reply, '') FROM delivery WHERE subscriber_id IN (:ids)")
			.param("ids", subscribers)
			.query(String.class)
			.list();
	}

	/** Changes a reader's subscription as the pages would. */
	public void changeSubscription(long subscriber, String assignment) {
		this.jdbc.sql("UPDATE subscription SET " + assignment + " WHERE subscriber_id = ?").param(subscriber).update();
	}

}
