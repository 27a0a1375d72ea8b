package dev.postrider.subscription.list;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.SubscriberDirectory;
import dev.postrider.subscription.SubscriberDirectory.Entry;
import dev.postrider.subscription.SubscriberDirectory.Line;
import dev.postrider.subscription.SubscriberDirectory.Search;
import dev.postrider.subscription.SubscriberStatus;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestNewsroom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@PostriderTest
class StoredDirectoryTests {

	@Autowired
	private SubscriberDirectory directory;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private TestClock clock;

	private final String own = "dir" + UUID.randomUUID().toString().substring(0, 8);

	private TestNewsroom newsroom;

	private Newsletter newsletter;

	@BeforeEach
	void newsroom() {
		this.clock.reset();
		this.newsroom = new TestNewsroom(this.jdbc, this.newsletters, this.clock);
		this.newsletter = this.newsroom.newsletter();
	}

	@Test
	void theFileGoesOnWhenTheLastReaderOfAPageIsErasedMeanwhile() {
		this.jdbc
			.sql("""
					INSERT INTO subscriber (email, email_key, status, created_at, status_changed_at)
					WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
					SELECT CONCAT(:own, LPAD(i, 4, '0'), '@readers.example'), CONCAT(:own, LPAD(i, 4, '0'), '@readers.example'),
					  'PENDING', :now, :now FROM n
					""")
			.param("own", this.own)
			.param("now", this.clock.instant())
			.update();
		reader("z@readers.example", "ACTIVE");
		List<String> emails = new ArrayList<>();
		this.directory.export(new Search(this.own, null), (line) -> {
			emails.add(line.subscriber().email());
			if (emails.size() == 1000) {
				this.jdbc.sql("UPDATE subscriber SET status = 'ERASED', email = NULL, email_key = NULL WHERE id = ?")
					.param(line.subscriber().id())
					.update();
			}
		});
		this.jdbc.sql("DELETE FROM subscriber WHERE email_key LIKE ? AND status = 'PENDING'")
			.param(this.own + "%")
			.update();
		assertThat(emails).hasSize(1001).isSorted().endsWith(this.own + "z@readers.example");
	}

	@Test
	void findsAWholeAddressAloneAndTheBeginningOfOthers() {
		reader("@readers.example", "ACTIVE");
		reader("@readers.example.org", "ACTIVE");
		reader(".b@readers.example", "ACTIVE");
		String whole = this.own + "@readers.example";
		assertThat(emails(whole)).containsExactly(whole);
		assertThat(emails("  " + whole.toUpperCase(java.util.Locale.ROOT) + " ")).containsExactly(whole);
		assertThat(emails(whole + "*")).containsExactly(whole, whole + ".org");
		assertThat(emails(this.own + "@read")).containsExactly(whole, whole + ".org");
		assertThat(emails(this.own)).containsExactly(this.own + ".b@readers.example", whole, whole + ".org");
		assertThat(emails(this.own + "-nobody")).isEmpty();
	}

	@Test
	void takesNothingForAWildcardButTheStarAtTheEnd() {
		reader("_a@readers.example", "ACTIVE");
		reader("xa@readers.example", "ACTIVE");
		reader("%a@readers.example", "ACTIVE");
		assertThat(emails(this.own + "_")).containsExactly(this.own + "_a@readers.example");
		assertThat(emails(this.own + "%")).containsExactly(this.own + "%a@readers.example");
		assertThat(emails(this.own + "*a")).isEmpty();
		assertThat(emails(this.own + "' OR '1'='1")).isEmpty();
		assertThat(emails("\\")).isEmpty();
	}

	@Test
	void findsByStatus() {
		reader("1@readers.example", "ACTIVE");
		reader("2@readers.example", "SUPPRESSED");
		assertThat(search(this.own, SubscriberStatus.SUPPRESSED)).extracting(Entry::email)
			.containsExactly(this.own + "2@readers.example");
		assertThat(search(this.own + "1@readers.example", SubscriberStatus.SUPPRESSED)).isEmpty();
		assertThat(this.directory.search(new Search("", SubscriberStatus.SUPPRESSED), null, 5))
			.allMatch((it) -> it.status() == SubscriberStatus.SUPPRESSED)
			.anyMatch((it) -> (this.own + "2@readers.example").equals(it.email()));
	}

	@Test
	void pagesMeetWithoutGapOrRepeat() {
		List<Long> ids = IntStream.range(0, 7).mapToObj((i) -> reader((9 - i) + "@readers.example", "ACTIVE")).toList();
		List<String> all = emails(this.own);
		List<String> paged = new ArrayList<>();
		Long after = null;
		do {
			List<Entry> page = this.directory.search(new Search(this.own, null), after, 3);
			page.forEach((it) -> paged.add(it.email()));
			after = (page.size() == 3) ? page.get(2).id() : null;
		}
		while (after != null);
		assertThat(paged).isEqualTo(all).hasSize(7).isSorted();

		// Without an address the newest come first; others' readers stand between.
		assertThat(this.directory.search(new Search("", SubscriberStatus.ACTIVE), ids.get(6), 500))
			.extracting(Entry::id)
			.filteredOn(ids::contains)
			.containsExactly(ids.get(5), ids.get(4), ids.get(3), ids.get(2), ids.get(1), ids.get(0));
	}

	@Test
	void saysWhenThePageBeforeIsGone() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.directory.search(new Search(this.own, null), Long.MAX_VALUE, 2))
			.withMessageContaining("search anew");
	}

	@Test
	void exportsALineForEachSubscription() {
		long two = reader("2@readers.example", "ACTIVE");
		Newsletter other = this.newsroom.newsletter();
		this.jdbc
			.sql("""
					INSERT INTO subscription (newsletter_id, subscriber_id, days, topics, requested_at, confirmed_at, left_at)
					VALUES (?, ?, 5, 'City,Sport', ?, ?, ?)
					""")
			.params(other.id(), two, this.clock.instant(), this.clock.instant(), this.clock.instant())
			.update();
		long none = reader("1@readers.example", "PENDING");
		this.jdbc.sql("DELETE FROM subscription WHERE subscriber_id = ?").param(none).update();
		List<Line> lines = new ArrayList<>();
		this.directory.export(new Search(this.own, null), lines::add);
		assertThat(lines).extracting((it) -> it.subscriber().id()).containsExactly(none, two, two);
		assertThat(lines.get(0).newsletter()).isEmpty();
		assertThat(lines).filteredOn((it) -> it.newsletter().equals(other.slug())).singleElement().satisfies((it) -> {
			assertThat(it.days()).containsExactly("MON", "WED");
			assertThat(it.topics()).containsExactly("City", "Sport");
			assertThat(it.leftAt()).isNotNull();
		});
	}

	@Test
	void exportsMoreThanAPage() {
		Object now = this.clock.instant();
		for (int i = 0; i < 1001; i++) {
			this.jdbc.sql("""
					INSERT INTO subscriber (email, email_key, status, created_at, status_changed_at)
					VALUES (:email, :email, 'UNSUBSCRIBED', :now, :now)
					""").param("email", this.own + i + "@readers.example").param("now", now).update();
		}
		List<Line> lines = new ArrayList<>();
		this.directory.export(new Search(this.own, SubscriberStatus.UNSUBSCRIBED), lines::add);
		assertThat(lines).hasSize(1001).extracting((it) -> it.subscriber().id()).doesNotHaveDuplicates();
	}

	private long reader(String rest, String status) {
		return this.newsroom.reader(this.newsletter, this.own + rest, status, true);
	}

	private List<String> emails(String typed) {
		return search(typed, null).stream().map(Entry::email).toList();
	}

	private List<Entry> search(String typed, SubscriberStatus status) {
		return this.directory.search(new Search(typed, status), null, 100);
	}

}
