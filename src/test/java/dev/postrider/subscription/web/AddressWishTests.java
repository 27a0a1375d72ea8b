package dev.postrider.subscription.web;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.ReaderLinks;
import dev.postrider.subscription.list.AddressChanges;
import dev.postrider.subscription.list.EmailAddress;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestNewsroom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several people and one address that a reader wants to move to.
 */
@PostriderTest
class AddressWishTests {

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private TestClock clock;

	@Autowired
	private ReaderLinks links;

	@Autowired
	private AddressChanges changes;

	@Autowired
	private TransactionTemplate transaction;

	private ReaderSite site;

	private String wanted;

	@BeforeEach
	void site() {
		this.site = new ReaderSite(this.port);
		this.wanted = ReaderSite.someAddress();
	}

	@Test
	@DisplayName("a stranger's sign-up that nobody confirmed keeps nobody from the own address")
	void unconfirmedSignUpsYield() {
		long id = reader();
		String strangers = this.site.signUp(this.wanted);
		ask(preferences(id));
		String link = ReaderSite.link(ReaderSite.awaitMail(this.wanted, 2));
		assertThat(this.site.post(link).body()).contains("Your newsletters come here now");
		assertThat(id(this.wanted)).isEqualTo(id);
		assertThat(this.site.post(strangers).statusCode()).isEqualTo(404);
		assertThat(count("SELECT COUNT(*) FROM subscriber WHERE email_key = ? OR email = ?", this.wanted, this.wanted))
			.isEqualTo(1);
	}

	@Test
	@DisplayName("of those who move to one address at the same moment one moves, the others are told")
	void oneOfManyMoves() throws Exception {
		int movers = 3;
		IntStream.range(0, movers).forEach((i) -> ask(preferences(reader())));
		List<String> links = IntStream.rangeClosed(1, movers)
			.mapToObj((i) -> ReaderSite.link(ReaderSite.awaitMail(this.wanted, i)))
			.toList();
		ExecutorService threads = Executors.newFixedThreadPool(movers);
		try {
			CyclicBarrier together = new CyclicBarrier(movers);
			List<Future<Integer>> answers = links.stream().map((link) -> threads.submit(() -> {
				together.await(30, TimeUnit.SECONDS);
				return this.site.post(link).statusCode();
			})).toList();
			List<Integer> statuses = new ArrayList<>();
			for (Future<Integer> answer : answers) {
				statuses.add(answer.get(30, TimeUnit.SECONDS));
			}
			assertThat(statuses).containsExactlyInAnyOrder(200, 410, 410);
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	@DisplayName("S2: what is done before the answer is the same for any address, within the day's cap or over it")
	void notesAnyAddressAlike() {
		long id = reader();
		String known = ReaderSite.someAddress();
		reader(known);
		for (String address : List.of(known, this.wanted)) {
			this.transaction.executeWithoutResult((status) -> {
				int mails = count("SELECT COUNT(*) FROM outbox WHERE recipient = ?", address);
				this.changes.ask(id, new EmailAddress(address));
				assertThat(count("SELECT COUNT(*) FROM link_request WHERE email = ?", address)).isEqualTo(1);
				assertThat(count("SELECT COUNT(*) FROM outbox WHERE recipient = ?", address)).isEqualTo(mails);
				status.setRollbackOnly();
			});
		}
	}

	@Test
	@DisplayName("who is erased takes the mail about the own move along, not another's, nor what counts against a flood")
	void erasingForgetsOnesOwnMail() {
		String one = preferences(reader());
		String two = preferences(reader());
		this.site.signUp(this.wanted);
		ask(one);
		ReaderSite.awaitMail(this.wanted, 2);
		ask(two);
		String link = ReaderSite.link(ReaderSite.awaitMail(this.wanted, 3));
		this.site.post(one, "action", "erase", "sure", "true");
		assertThat(this.site.get(one).statusCode()).isEqualTo(404);
		assertThat(count("SELECT COUNT(*) FROM outbox WHERE recipient = ? AND purpose = 'address'", this.wanted))
			.isEqualTo(1);
		assertThat(count("SELECT COUNT(*) FROM outbox WHERE recipient = ? AND purpose = 'confirm'", this.wanted))
			.isEqualTo(1);
		assertThat(this.site.post(link).body()).contains("Your newsletters come here now");
	}

	private long reader() {
		return reader(ReaderSite.someAddress());
	}

	private long reader(String email) {
		return new TestNewsroom(this.jdbc, this.newsletters, this.clock)
			.reader(this.newsletters.find("highlights").orElseThrow(), email);
	}

	private String preferences(long id) {
		return URI.create(this.links.preferences(id, 0)).getPath();
	}

	private void ask(String preferences) {
		assertThat(this.site.post(preferences, "action", "address", "email", this.wanted).statusCode()).isEqualTo(200);
	}

	private int count(String sql, String... values) {
		return this.jdbc.sql(sql).params(List.of(values)).query(Integer.class).single();
	}

	private long id(String email) {
		return this.jdbc.sql("SELECT id FROM subscriber WHERE email_key = ?").param(email).query(Long.class).single();
	}

}
