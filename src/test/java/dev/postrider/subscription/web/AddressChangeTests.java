package dev.postrider.subscription.web;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import dev.postrider.subscription.ReaderLinks;
import dev.postrider.subscription.Suppressions;
import dev.postrider.subscription.Suppressions.Reason;
import dev.postrider.subscription.list.Retention;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reader moves to another address.
 */
@PostriderTest
class AddressChangeTests {

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Suppressions suppressions;

	@Autowired
	private ReaderLinks links;

	@Autowired
	private Retention retention;

	@Autowired
	private TestClock clock;

	private ReaderSite site;

	private String old;

	private String wanted;

	private String preferences;

	private long id;

	@BeforeEach
	void reader() {
		this.site = new ReaderSite(this.port);
		this.old = ReaderSite.someAddress();
		this.wanted = ReaderSite.someAddress();
		this.preferences = this.site.subscribe(this.old);
		this.id = id(this.old);
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	@DisplayName("the new address is verified before anything changes, and the old one is told")
	void movesOnceTheNewAddressHasConfirmed() {
		HttpResponse<String> answer = ask(this.wanted);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).contains("We have written to " + this.wanted);
		String link = ReaderSite.link(ReaderSite.awaitMail(this.wanted, 1));
		for (String method : List.of("GET", "HEAD", "OPTIONS")) {
			assertThat(this.site.send(method, link).statusCode()).isEqualTo(200);
		}
		assertThat(address()).isEqualTo(this.old);
		assertThat(this.site.get(link).body()).contains("Yes, send them here").doesNotContain(this.old, this.wanted);

		HttpResponse<String> moved = this.site.post(link);
		assertThat(moved.body()).contains("Your newsletters come here now", "href=\"/preferences/")
			.doesNotContain(this.preferences);
		assertThat(address()).isEqualTo(this.wanted);
		assertThat(status()).isEqualTo("ACTIVE");
		assertThat(actions()).containsExactly("SIGNED_UP", "CONFIRMED", "CHANGED");
		assertThat(ReaderSite.text(ReaderSite.awaitMail(this.old, 2))).contains("Your newsletters go to another",
				"It was not you?");
		// And the button works once.
		assertThat(this.site.post(link).body()).contains("Your newsletters come here now");
		assertThat(actions()).containsExactly("SIGNED_UP", "CONFIRMED", "CHANGED");
		assertThat(ReaderSite.subjects(this.old)).hasSize(2);
		assertThat(this.site.signUp(this.old)).as("the old address is free").startsWith("/confirm/");
	}

	@Test
	@DisplayName("two readers are never made one, and who asks learns nothing of the other")
	void doesNotMixTwoReaders() {
		String theirs = this.site.subscribe(this.wanted);
		String answer = ask(this.wanted).body().replace(this.wanted, "ADDRESS");
		// A later wish ends this one, mailed or not.
		var mail = ReaderSite.awaitMail(this.wanted, 2);
		String unknown = ReaderSite.someAddress();
		assertThat(answer).isEqualTo(ask(unknown).body().replace(unknown, "ADDRESS"));
		assertThat(ReaderSite.text(mail)).contains("Nothing was moved");
		assertThat(ReaderSite.link(mail)).isEqualTo(theirs);
		assertThat(address()).isEqualTo(this.old);
		assertThat(ReaderSite.subjects(this.old)).hasSize(1);
	}

	@Test
	@DisplayName("nor if the new address signs up between the wish and the click")
	void looksAgainAtTheClick() {
		ask(this.wanted);
		String link = ReaderSite.link(ReaderSite.awaitMail(this.wanted, 1));
		this.site.subscribe(this.wanted);
		HttpResponse<String> answer = this.site.post(link);
		assertThat(answer.statusCode()).isEqualTo(410);
		assertThat(answer.body()).contains("Nothing was moved");
		assertThat(address()).isEqualTo(this.old);
	}

	@Test
	@DisplayName("S4: a link holds for 72 hours, and the next wish replaces it")
	void linksEnd() {
		ask(this.wanted);
		String first = ReaderSite.link(ReaderSite.awaitMail(this.wanted, 1));
		String other = ReaderSite.someAddress();
		ask(other);
		String second = ReaderSite.link(ReaderSite.awaitMail(other, 1));
		assertThat(this.site.post(first).statusCode()).isEqualTo(404);
		this.clock.advance(Duration.ofHours(73));
		assertThat(this.site.get(second).body()).contains("This link has expired");
		assertThat(this.site.post(second).statusCode()).isEqualTo(410);
		assertThat(address()).isEqualTo(this.old);
		this.clock.advance(Duration.ofDays(8));
		this.retention.purge();
		assertThat(this.site.get(second).statusCode()).isEqualTo(404);
	}

	@Test
	@DisplayName("an address that bounced is left behind, one that complained is not")
	void movesAwayFromABounceOnly() {
		this.suppressions.suppress(this.id, Reason.HARD_BOUNCE, "550 5.1.1");
		ask(this.wanted);
		this.site.post(ReaderSite.link(ReaderSite.awaitMail(this.wanted, 1)));
		assertThat(status()).isEqualTo("ACTIVE");
		assertThat(address()).isEqualTo(this.wanted);
		assertThat(ReaderSite.subjects(this.old)).hasSize(1);

		this.preferences = URI.create(this.links.preferences(this.id, 1)).getPath();
		this.clock.advance(Duration.ofMinutes(1));
		this.suppressions.suppress(this.id, Reason.COMPLAINT, "abuse report");
		String other = ReaderSite.someAddress();
		assertThat(ask(other).body()).contains("cannot be changed");
		assertThat(ReaderSite.subjects(other)).isEmpty();
	}

	@Test
	void helpsWithASlip() {
		HttpResponse<String> wrong = ask("nobody@");
		assertThat(wrong.statusCode()).isEqualTo(422);
		assertThat(wrong.body()).contains("The part after the @ is missing.", "value=\"nobody@\"");
		assertThat(ask(this.old).body()).contains("They come to this address already.");
	}

	@Test
	@DisplayName("C8: an address that is waiting is shown, and goes when its reader is erased")
	void isPersonalData() {
		ask(this.wanted);
		ReaderSite.awaitMail(this.wanted, 1);
		assertThat(this.site.post(this.preferences, "action", "export").body()).contains(this.wanted);
		assertThat(this.site.post(this.preferences, "action", "show").body()).contains(this.wanted, this.old,
				"Please send me News highlights", "Signed up");
		this.site.post(this.preferences, "action", "erase", "sure", "true");
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM address_change WHERE subscriber_id = ?")
			.param(this.id)
			.query(Integer.class)
			.single()).isZero();
	}

	private HttpResponse<String> ask(String email) {
		return this.site.post(this.preferences, "action", "address", "email", email);
	}

	private long id(String email) {
		return this.jdbc.sql("SELECT id FROM subscriber WHERE email_key = ?").param(email).query(Long.class).single();
	}

	private String address() {
		return this.jdbc.sql("SELECT email FROM subscriber WHERE id = ?").param(this.id).query(String.class).single();
	}

	private String status() {
		return this.jdbc.sql("SELECT status FROM subscriber WHERE id = ?").param(this.id).query(String.class).single();
	}

	private List<String> actions() {
		return this.jdbc.sql("SELECT action FROM consent WHERE subscriber_id = ? ORDER BY id")
			.param(this.id)
			.query(String.class)
			.list();
	}

}
