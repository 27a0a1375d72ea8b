package dev.postrider.subscription.batch;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.Readers;
import dev.postrider.subscription.batch.ImportWork.ImportPass;
import dev.postrider.subscription.list.Evidence;
import dev.postrider.subscription.list.Preferences;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestNewsroom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a file says of who left, bounced or complained elsewhere, beside what is known
 * here.
 */
@PostriderTest
class ImportedStatusTests {

	private static final Runnable AT_ONCE = () -> {
	};

	@Autowired
	private ImportWork work;

	@Autowired
	private Imports imports;

	@Autowired
	private StoredImports stored;

	@Autowired
	private Readers readers;

	@Autowired
	private Preferences preferences;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private TestClock clock;

	private TestNewsroom newsroom;

	private Newsletter newsletter;

	private final String tag = UUID.randomUUID().toString().substring(0, 8);

	@BeforeEach
	void newsletter() {
		this.clock.reset();
		this.newsroom = new TestNewsroom(this.jdbc, this.newsletters, this.clock);
		this.newsletter = this.newsroom.newsletter();
	}

	@Test
	void whoCameByAFileAndLeftByOneHasLeft() throws Exception {
		assertThat(take("ada,\nada,UNSUBSCRIBED\nbob,")).isEmpty();
		assertThat(state("ada")).isEqualTo("UNSUBSCRIBED left");
		// In a later file as well as in the same.
		assertThat(take("bob,UNSUBSCRIBED")).isEmpty();
		assertThat(state("bob")).isEqualTo("UNSUBSCRIBED left");
		assertThat(consents("bob")).containsExactly("CONFIRMED IMPORT", "UNSUBSCRIBED IMPORT");
		assertThat(take("ada,\nbob,")).hasSize(2).allMatch((it) -> it.contains("only the reader can sign up again"));
	}

	@Test
	void whoGetsAnotherNewsletterKeepsThatAndIsNotBroughtToThisOne() throws Exception {
		Newsletter other = this.newsroom.newsletter();
		this.readers.addVerified(address("ada"), null, other.id(), "FORM");
		assertThat(take("ada,UNSUBSCRIBED")).isEmpty();
		assertThat(state("ada")).isEqualTo("ACTIVE left");
		assertThat(live(other)).containsExactly(address("ada"));
		assertThat(take("ada,")).singleElement().asString().contains("only the reader can sign up again");
		assertThat(live(this.newsletter)).isEmpty();
	}

	@Test
	void whoHasYetToConfirmAnotherNewsletterIsNotForgottenWithThatSignUp() throws Exception {
		Newsletter other = this.newsroom.newsletter();
		this.newsroom.reader(other, address("ada"), "PENDING", false);
		this.newsroom.reader(this.newsletter, address("bob"), "PENDING", false);
		assertThat(take("ada,UNSUBSCRIBED\nbob,UNSUBSCRIBED")).singleElement()
			.asString()
			.contains("3 ", "the confirmation mail decides");
		assertThat(state("ada")).isEqualTo("UNSUBSCRIBED left");
		assertThat(state("bob")).isEqualTo("PENDING stays");
	}

	@Test
	void whoHadLeftAnotherNewsletterOnlyIsNotBroughtToThisOneLater() throws Exception {
		Newsletter other = this.newsroom.newsletter();
		long id = this.newsroom.reader(other, address("ada"), "UNSUBSCRIBED", true);
		assertThat(take("ada,UNSUBSCRIBED")).isEmpty();
		// Signed up anew for the other one.
		this.jdbc.sql("UPDATE subscriber SET status = 'ACTIVE' WHERE id = ?").param(id).update();
		assertThat(take("ada,")).singleElement().asString().contains("only the reader can sign up again");
	}

	@Test
	@DisplayName("A file takes nobody off who verified the address here, and says so")
	void whoVerifiedHereIsNotTakenOff() throws Exception {
		this.readers.addVerified(address("ada"), null, this.newsletter.id(), "FORM");
		assertThat(take("ada,BOUNCED\nada,COMPLAINED\nada,SUPPRESSED\nada,UNSUBSCRIBED")).hasSize(4)
			.anyMatch((it) -> it
				.startsWith("2 verified the address here (" + this.clock.instant().toString().substring(0, 10)))
			.anyMatch((it) -> it.startsWith("3 verified"))
			.anyMatch((it) -> it.startsWith("4 verified"))
			.anyMatch((it) -> it.startsWith("5 signed up here too"));
		assertThat(state("ada")).isEqualTo("ACTIVE stays");
	}

	@Test
	void whoCameByAFileIsTakenOffByOne() throws Exception {
		assertThat(take("ada,\nbob,\ncleo,")).isEmpty();
		assertThat(take("ada,BOUNCED\nbob,COMPLAINED\ncleo,SUPPRESSED")).isEmpty();
		assertThat(List.of(state("ada"), state("bob"), state("cleo"))).containsOnly("SUPPRESSED stays");
	}

	@Test
	void whoConfirmedWhatAFileBroughtIsNotTakenOffByAnother() throws Exception {
		assertThat(take("ada,")).isEmpty();
		long id = this.jdbc.sql("SELECT id FROM subscriber WHERE email_key = ?")
			.param(address("ada"))
			.query(Long.class)
			.single();
		this.preferences.pause(id, this.newsletter, null, Evidence.none(Evidence.Channel.PAGE));
		assertThat(take("ada,UNSUBSCRIBED\nada,BOUNCED")).hasSize(2);
		assertThat(state("ada")).isEqualTo("ACTIVE stays");
	}

	/**
	 * Takes rows in, as a run does.
	 * @return line and reason of those rejected
	 */
	private List<String> take(String rows) throws Exception {
		String text = "email,status\n" + rows.lines()
			.map((row) -> row.replaceFirst(",", "-" + this.tag + "@import.example,") + "\n")
			.reduce("", String::concat);
		StoredImport file = this.imports.receive(this.newsletter,
				new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "readers.csv", "Asked", "test");
		assertThat(this.stored.begin(file, false)).isTrue();
		ImportPass pass = this.work.open(file.id(), 1);
		this.work.take(pass, 0, this.work.next(pass, 100), AT_ONCE);
		this.work.finish(pass);
		List<String> rejected = new ArrayList<>();
		this.stored.rejected(file.id(), (row) -> rejected.add(row.line() + " " + row.rejectedBecause()));
		return rejected;
	}

	private String state(String who) {
		return this.jdbc.sql("""
				SELECT CONCAT(r.status, IF(s.left_at IS NULL, ' stays', ' left')) FROM subscriber r
				JOIN subscription s ON s.subscriber_id = r.id AND s.newsletter_id = ? WHERE r.email_key = ?
				""").params(this.newsletter.id(), address(who)).query(String.class).single();
	}

	private List<String> live(Newsletter newsletter) {
		return this.jdbc.sql("""
				SELECT r.email FROM subscriber r JOIN subscription s ON s.subscriber_id = r.id
				WHERE s.newsletter_id = ? AND s.confirmed_at IS NOT NULL AND s.left_at IS NULL
				""").param(newsletter.id()).query(String.class).list();
	}

	private List<String> consents(String who) {
		return this.jdbc.sql("""
				SELECT CONCAT(c.action, ' ', c.channel) FROM consent c JOIN subscriber r ON r.id = c.subscriber_id
				WHERE r.email_key = ? ORDER BY c.id
				""").param(address(who)).query(String.class).list();
	}

	private String address(String who) {
		return who + "-" + this.tag + "@import.example";
	}

}
