package dev.postrider.subscription.web;

import java.net.URI;
import java.util.List;
import java.util.Optional;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.ReaderLinks;
import dev.postrider.subscription.Readers;
import dev.postrider.subscription.list.Choice;
import dev.postrider.subscription.list.EmailAddress;
import dev.postrider.subscription.list.ImportedReaders;
import dev.postrider.subscription.list.NewReaders;
import dev.postrider.subscription.list.SuppressionList;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestNewsroom;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestRelay;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is left to whoever has the mailbox that a reader has moved away from.
 */
@PostriderTest
class MovedReaderTests {

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private ReaderLinks links;

	@Autowired
	private Readers readers;

	@Autowired
	private ImportedReaders imported;

	@Autowired
	private NewReaders newReaders;

	@Autowired
	private SuppressionList suppressions;

	@Autowired
	private TransactionTemplate transaction;

	@Autowired
	private TestClock clock;

	private ReaderSite site;

	private String old;

	private String present;

	private String preferences;

	private long id;

	@BeforeEach
	void reader() {
		this.site = new ReaderSite(this.port);
		this.old = ReaderSite.someAddress();
		this.present = ReaderSite.someAddress();
		this.id = newsroom().reader(highlights(), this.old);
		this.preferences = URI.create(this.links.preferences(this.id, 0)).getPath();
	}

	@Test
	@DisplayName("B5: a bounce of the old mailbox that comes in after the move takes nobody off")
	void theOldMailboxsBounce() {
		move(this.present);
		this.suppressions.bounced(this.id, 0, "550 5.1.1 User unknown");
		assertThat(this.suppressions.find(new EmailAddress(this.present))).isEmpty();
		this.suppressions.bounced(this.id, 1, "550 5.1.1 User unknown");
		assertThat(this.suppressions.find(new EmailAddress(this.present))).isPresent();
	}

	@Test
	@DisplayName("links to the preferences die with the move, in old mails and new ones alike, move after move")
	void oldLinksOpenNothing() {
		String second = move(this.present);
		for (String action : List.of("export", "show", "erase", "address", "leave")) {
			assertThat(
					this.site.post(this.preferences, "action", action, "sure", "true", "email", this.old).statusCode())
				.as(action)
				.isEqualTo(404);
		}
		assertThat(this.site.get(this.preferences).statusCode()).isEqualTo(404);
		assertThat(this.site.get(second).body()).contains("News highlights");
		assertThat(second).isEqualTo(URI.create(this.links.preferences(this.id, 1)).getPath());

		this.preferences = second;
		String third = move(this.old);
		assertThat(this.site.get(second).statusCode()).isEqualTo(404);
		assertThat(this.site.get(third).body()).contains("News highlights");
		assertThat(third).as("back, but not to the first link")
			.isNotEqualTo(URI.create(this.links.preferences(this.id, 0)).getPath());
		assertThat(this.suppressions.find(new EmailAddress(this.old))).isEmpty();
		assertThat(this.suppressions.find(new EmailAddress(this.present))).isPresent();
	}

	@Test
	@DisplayName("a sign-up that waits in the old mailbox confirms nothing for who has moved")
	void oldConfirmationsAreVoid() {
		Newsletter other = newsroom().newsletter();
		this.site.post("/subscribe", "email", this.old, "newsletter", other.slug(), "consent", "true");
		String confirm = ReaderSite.link(ReaderSite.awaitMail(this.old, 1));
		assertThat(this.site.get(confirm).statusCode()).isEqualTo(200);
		move(this.present);
		assertThat(this.site.get(confirm).statusCode()).isEqualTo(404);
		assertThat(this.site.post(confirm).statusCode()).isEqualTo(404);
		assertThat(this.site.post(confirm, "again", "true").statusCode()).isEqualTo(404);
		assertThat(
				this.jdbc.sql("SELECT COUNT(*) FROM subscription WHERE subscriber_id = ? AND confirmed_at IS NOT NULL")
					.param(this.id)
					.query(Integer.class)
					.single())
			.isEqualTo(1);
	}

	@Test
	@DisplayName("L14: the way out stays open in every mail there ever was")
	void unsubscribesAsEver() {
		String unsubscribe = URI.create(this.links.unsubscribe(this.id, highlights().id())).getPath();
		move(this.present);
		assertThat(this.site.post(unsubscribe, "List-Unsubscribe", "One-Click").statusCode()).isEqualTo(200);
		assertThat(status(this.id)).isEqualTo("UNSUBSCRIBED");
	}

	@Test
	@DisplayName("no file brings the old address back or makes two readers of one; its owner can sign up")
	void theOldAddressIsNotImported() {
		move(this.present);
		EmailAddress address = new EmailAddress(this.old);
		assertThat(this.readers.addVerified(this.old, null, highlights().id(), "DEMO")).isFalse();
		this.transaction.executeWithoutResult((status) -> {
			assertThat(this.imported.subscribe(address, null, highlights(), Choice.ALL, null))
				.hasValueSatisfying((why) -> assertThat(why).contains("suppression list"));
			assertThat(this.newReaders.look(List.of(address), highlights().id()).isNew(address)).isFalse();
		});

		ReaderSite.awaitMail(this.old, 1);
		this.site.subscribe(this.old);
		assertThat(status(id(this.old))).isEqualTo("ACTIVE");
		assertThat(this.suppressions.find(address)).isEmpty();
		assertThat(status(this.id)).isEqualTo("ACTIVE");
	}

	@Test
	@DisplayName("another spelling of the same mailbox is no move")
	void spellingIsNoMove() {
		String spelt = this.old.replaceFirst("reader", "Reader");
		assertThat(move(spelt)).isEqualTo(this.preferences);
		assertThat(this.site.get(this.preferences).statusCode()).isEqualTo(200);
		assertThat(this.suppressions.find(new EmailAddress(this.old))).isEmpty();
		assertThat(
				this.jdbc.sql("SELECT email FROM subscriber WHERE id = ?").param(this.id).query(String.class).single())
			.isEqualTo(spelt);
	}

	/** The path of the preferences afterwards, as the page behind the button has it. */
	private String move(String wanted) {
		this.site.post(this.preferences, "action", "address", "email", wanted);
		await().until(() -> link(wanted).isPresent());
		String page = this.site.post(link(wanted).orElseThrow()).body();
		int at = page.indexOf("/preferences/");
		assertThat(at).as(page).isPositive();
		return page.substring(at, page.indexOf('"', at));
	}

	/** Of the newest mail to an address, if it asks about a move. */
	private static Optional<String> link(String address) {
		List<MimeMessage> mails = TestRelay.get().to(address);
		return mails.isEmpty() ? Optional.empty()
				: Optional.of(ReaderSite.text(mails.get(mails.size() - 1)))
					.filter((text) -> text.contains("/address/"))
					.map((text) -> ReaderSite.link(mails.get(mails.size() - 1)));
	}

	private TestNewsroom newsroom() {
		return new TestNewsroom(this.jdbc, this.newsletters, this.clock);
	}

	private Newsletter highlights() {
		return this.newsletters.find("highlights").orElseThrow();
	}

	private String status(long id) {
		return this.jdbc.sql("SELECT status FROM subscriber WHERE id = ?").param(id).query(String.class).single();
	}

	private long id(String email) {
		return this.jdbc.sql("SELECT id FROM subscriber WHERE email_key = ?").param(email).query(Long.class).single();
	}

}
