package dev.postrider.subscription.list;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.postrider.mail.LetterRenderer;
import dev.postrider.mail.Outbox;
import dev.postrider.mail.Writings;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.ConsentWording;
import dev.postrider.subscription.Suppressions.Reason;
import dev.postrider.subscription.list.SignUps.SignUpOrder;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestRelay;
import jakarta.mail.Multipart;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sign-ups as they are worked off, with the settings that an installation begins with:
 * one confirmation a day.
 */
@PostriderTest
class SignUpsTests {

	private static final Pattern TOKEN = Pattern.compile("/confirm/([\\w-]+)");

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private JdbcOperations batches;

	@Autowired
	private TransactionTemplate transaction;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private Subscribers subscribers;

	@Autowired
	private Subscriptions subscriptions;

	@Autowired
	private SuppressionList suppressions;

	@Autowired
	private Consents consents;

	@Autowired
	private LetterRenderer renderer;

	@Autowired
	private Outbox outbox;

	@Autowired
	private ReaderTokens tokens;

	@Autowired
	private Writings writings;

	@Autowired
	private TestClock clock;

	private SignUps signUps;

	private Newsletter highlights;

	@BeforeEach
	void defaults() {
		SubscriptionSettings settings = new Binder(new MapConfigurationPropertySource(Map.of()))
			.bindOrCreate("postrider.subscription", SubscriptionSettings.class);
		assertThat(settings.mailsPerAddressPerDay()).isEqualTo(1);
		ReaderLetters letters = new ReaderLetters(this.renderer, this.outbox, this.tokens, settings, this.writings,
				this.clock);
		this.signUps = new SignUps(this.subscribers, this.subscriptions, this.suppressions, this.consents, letters,
				new Strangers(this.jdbc, this.batches, this.suppressions, this.consents, letters), this.clock);
		this.highlights = this.newsletters.find("highlights").orElseThrow();
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	@DisplayName("S3: the owner of an address is asked about one newsletter a day, and about the other the day after")
	void asksAboutAnotherNewsletterTheDayAfter() {
		Newsletter other = newsletter();
		String email = someAddress();
		Instant first = this.clock.instant();
		assertThat(accept(order(email, this.highlights))).isEmpty();
		this.clock.advance(Duration.ofHours(1));
		SignUpOrder second = order(email, other);
		Instant until = first.plus(Duration.ofDays(1));
		assertThat(accept(second)).containsEntry(second, until);
		assertThat(count(email, "consent")).isEqualTo(1);
		assertThat(count(email, "subscription")).isEqualTo(1);
		this.clock.advance(Duration.between(this.clock.instant(), until).plusMillis(1));
		assertThat(accept(second)).isEmpty();
		assertThat(mails(email)).hasSize(2);
		assertThat(this.jdbc.sql("""
				SELECT c.at = ? FROM consent c JOIN subscriber r ON r.id = c.subscriber_id
				WHERE r.email_key = ? AND c.newsletter_id = ?
				""")
			.params(second.at().truncatedTo(ChronoUnit.MICROS), email, other.id())
			.query(Boolean.class)
			.single()).as("the moment of the wish is kept").isTrue();
	}

	@Test
	@DisplayName("S3: further sign-ups for the same newsletter are noted and mail nothing")
	void mailsOnceForTheSameNewsletter() {
		String email = someAddress();
		for (int i = 0; i < 4; i++) {
			assertThat(accept(order(email, this.highlights))).isEmpty();
		}
		assertThat(mails(email)).hasSize(1);
		assertThat(count(email, "consent")).isEqualTo(4);
	}

	@Test
	void whoLeftIsAskedAnewTheDayAfter() {
		String email = someAddress();
		assertThat(accept(order(email, this.highlights))).isEmpty();
		this.clock.advance(Duration.ofHours(1));
		this.jdbc.sql("""
				UPDATE subscription s JOIN subscriber r ON r.id = s.subscriber_id SET s.confirmed_at = ?, s.left_at = ?
				WHERE r.email_key = ?
				""").params(this.clock.instant(), this.clock.instant(), email).update();
		this.clock.advance(Duration.ofHours(1));
		SignUpOrder again = order(email, this.highlights);
		assertThat(accept(again)).containsKey(again);
		this.clock.advance(Duration.ofHours(23));
		assertThat(accept(again)).isEmpty();
		assertThat(mails(email)).hasSize(2);
	}

	@Test
	void manyAtOnceAreAcceptedAsEachAlone() throws Exception {
		String known = someAddress();
		accept(order(known, this.highlights));
		String suppressed = someAddress();
		this.suppressions.add(new EmailAddress(suppressed), Reason.COMPLAINT, "of a test", this.clock.instant());
		Newsletter other = newsletter();
		List<SignUpOrder> orders = new ArrayList<>(
				List.of(order(known, this.highlights), order(suppressed, this.highlights)));
		List<String> strangers = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			strangers.add(someAddress());
			orders.add(order(strangers.get(i), (i % 2 == 0) ? this.highlights : other));
		}
		orders.add(order(strangers.get(0).toUpperCase(Locale.ROOT), this.highlights));
		SignUpOrder elsewhere = order(strangers.get(0), other);
		orders.add(elsewhere);
		assertThat(accept(orders)).containsOnlyKeys(elsewhere);
		assertThat(mails(suppressed)).isEmpty();
		assertThat(count(suppressed, "consent")).isZero();
		assertThat(mails(known)).hasSize(1);
		assertThat(count(known, "consent")).isEqualTo(2);
		for (int i = 0; i < strangers.size(); i++) {
			String email = strangers.get(i);
			assertThat(count(email, "subscription")).isEqualTo(1);
			assertThat(count(email, "consent")).isEqualTo((i == 0) ? 2 : 1);
			assertThat(mails(email)).hasSize(1);
		}
		String email = strangers.get(1);
		Awaitility.await().until(() -> TestRelay.get().to(email).size() == 1);
		var mail = TestRelay.get().to(email).get(0);
		assertThat(mail.getSubject()).isEqualTo("Confirm your address for " + other.name());
		Matcher token = TOKEN.matcher(((Multipart) mail.getContent()).getBodyPart(0).getContent().toString());
		assertThat(token.find()).isTrue();
		assertThat(this.tokens.readConfirm(token.group(1))).hasValueSatisfying((read) -> {
			assertThat(read.newsletterId()).isEqualTo(other.id());
			assertThat(this.subscribers.find(read.subscriberId())).hasValueSatisfying((subscriber) -> {
				assertThat(subscriber.email()).isEqualTo(email);
				assertThat(subscriber.name()).isEqualTo("Robin");
			});
		});
		assertThat(this.jdbc.sql("""
				SELECT e.ip FROM consent_evidence e JOIN consent c ON c.id = e.consent_id
				JOIN subscriber r ON r.id = c.subscriber_id WHERE r.email_key = ?
				""").param(email).query(String.class).single()).isEqualTo("192.0.2.9");
	}

	private Map<SignUpOrder, Instant> accept(SignUpOrder order) {
		return accept(List.of(order));
	}

	private Map<SignUpOrder, Instant> accept(Collection<SignUpOrder> orders) {
		return this.transaction.execute((status) -> this.signUps.accept(orders));
	}

	private SignUpOrder order(String email, Newsletter newsletter) {
		return new SignUpOrder(newsletter, new EmailAddress(email), "Robin", new Choice(Set.of(), List.of()),
				new ConsentWording("1", "Yes"), new Evidence(Evidence.Channel.FORM, "192.0.2.9", "Reader/1.0", "/"),
				this.clock.instant());
	}

	private List<Long> mails(String email) {
		return this.jdbc.sql("SELECT id FROM outbox WHERE recipient = ?").param(email).query(Long.class).list();
	}

	private int count(String email, String table) {
		return this.jdbc
			.sql("SELECT COUNT(*) FROM " + table
					+ " t JOIN subscriber r ON r.id = t.subscriber_id WHERE r.email_key = ?")
			.param(email)
			.query(Integer.class)
			.single();
	}

	private static String someAddress() {
		return "sign-ups-" + UUID.randomUUID() + "@readers.example";
	}

	private Newsletter newsletter() {
		String slug = "other-" + UUID.randomUUID();
		this.jdbc.sql("""
				INSERT INTO newsletter (slug, name, description, days, send_time, created_at)
				VALUES (?, ?, 'Of a test', 127, '06:00', ?)
				""").params(slug, "The " + slug, this.clock.instant()).update();
		return this.newsletters.find(slug).orElseThrow();
	}

}
