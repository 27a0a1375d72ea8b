package dev.postrider.subscription.web;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.ConsentWording;
import dev.postrider.subscription.list.Choice;
import dev.postrider.subscription.list.EmailAddress;
import dev.postrider.subscription.list.Evidence;
import dev.postrider.subscription.list.SignUpIntake;
import dev.postrider.subscription.list.SignUps.SignUpOrder;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A sign-up that was taken down and has not been worked off is personal data too.
 */
@PostriderTest
class WaitingSignUpTests {

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private SignUpIntake intake;

	@Autowired
	private TransactionTemplate transaction;

	@Autowired
	private TestClock clock;

	private ReaderSite site;

	private String email;

	private String preferences;

	@BeforeEach
	void reader() {
		this.site = new ReaderSite(this.port);
		this.email = ReaderSite.someAddress();
		this.preferences = this.site.subscribe(this.email);
	}

	@Test
	@DisplayName("C8: it is shown, and goes when its reader is erased; nobody else's does")
	void isShownAndErased() {
		String other = "x" + this.email;
		long theirs = waits(other, "Somebody else");
		long own = waits(this.email.toUpperCase(Locale.ROOT), "Ada of the queue");
		HttpResponse<String> file = this.site.post(this.preferences, "action", "export");
		assertThat(file.body()).contains("sign_ups_in_hand", "Ada of the queue", "192.0.2.7")
			.doesNotContain("Somebody else");
		assertThat(this.site.post(this.preferences, "action", "show").body()).contains("Ada of the queue");
		this.site.post(this.preferences, "action", "erase", "sure", "true");
		assertThat(isThere(own)).isFalse();
		assertThat(isThere(theirs)).isTrue();
		this.jdbc.sql("DELETE FROM sign_up WHERE id = ?").param(theirs).update();
	}

	/** As after a fault: it is to be tried again on another day. */
	private long waits(String address, String name) {
		Newsletter newsletter = this.newsletters.find("highlights").orElseThrow();
		SignUpOrder order = new SignUpOrder(newsletter, new EmailAddress(address), name, Choice.ALL,
				new ConsentWording("1", "Yes"), new Evidence(Evidence.Channel.FORM, "192.0.2.7", "Reader/1.0", "/"),
				this.clock.instant());
		return Objects.requireNonNull(this.transaction.execute((status) -> {
			this.intake.submit(order);
			long id = this.jdbc.sql("SELECT id FROM sign_up WHERE LOCATE(?, content) > 0 ORDER BY id DESC LIMIT 1")
				.param(name)
				.query(Long.class)
				.single();
			this.jdbc.sql("UPDATE sign_up SET next_attempt_at = ? WHERE id = ?")
				.params(this.clock.instant().plus(Duration.ofDays(9)), id)
				.update();
			return id;
		}));
	}

	private boolean isThere(long id) {
		return this.jdbc.sql("SELECT EXISTS (SELECT 1 FROM sign_up WHERE id = ?)")
			.param(id)
			.query(Boolean.class)
			.single();
	}

}
