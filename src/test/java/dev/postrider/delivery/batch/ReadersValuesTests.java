package dev.postrider.delivery.batch;

import java.io.ByteArrayInputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import dev.postrider.delivery.EditionMail;
import dev.postrider.delivery.EditionMessages;
import dev.postrider.delivery.EditionReader;
import dev.postrider.delivery.EditionReaders;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionComposer;
import dev.postrider.edition.EditionRenderer;
import dev.postrider.edition.Editions;
import dev.postrider.mail.Letter;
import dev.postrider.mail.ReaderField;
import dev.postrider.newsletter.Attribute;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.ReaderLinks;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestNewsroom;
import dev.postrider.testing.TestThreads;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What is known about a reader, from the database into that reader's copy.
 */
@PostriderTest
class ReadersValuesTests {

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private TestClock clock;

	@Autowired
	private Editions editions;

	@Autowired
	private EditionComposer composer;

	@Autowired
	private EditionRenderer renderer;

	@Autowired
	private EditionMail mails;

	@Autowired
	private EditionReaders readers;

	@Autowired
	private ReaderLinks links;

	@Autowired
	private LaneParts parts;

	@Test
	void nameTopicsAndAttributesAreTheReadersOrTheFallback() {
		TestNewsroom newsroom = new TestNewsroom(this.jdbc, this.newsletters, this.clock);
		Newsletter newsletter = newsroom.newsletter();
		this.newsletters.declare(newsletter.id(), new Attribute("memberSince", "Member since", "some time"));
		newsroom.story("Harbour bridge opens");
		String ada = TestNewsroom.address("ada");
		String bob = TestNewsroom.address("bob");
		long adaId = newsroom.reader(newsletter, ada);
		long bobId = newsroom.reader(newsletter, bob);
		this.jdbc.sql("UPDATE subscriber SET name = 'Ada <Löwe> & Co', moves = 3 WHERE id = ?").param(adaId).update();
		this.jdbc.sql("UPDATE subscription SET topics = 'Arts,Local,World' WHERE subscriber_id = ?")
			.param(adaId)
			.update();
		this.jdbc.sql(
				"INSERT INTO subscriber_attribute (subscriber_id, newsletter_id, name, value) VALUES (?, ?, 'memberSince', '2019')")
			.params(adaId, newsletter.id())
			.update();
		Edition edition = rendered(newsletter);
		Map<Long, String> copies = copies(edition, newsletter, adaId, bobId);
		assertThat(copies.get(adaId)).contains("[Ada <Löwe> & Co]", "[Arts, Local and World]", "[2019]",
				"[" + this.links.preferences(adaId, 3) + "]",
				"[https://news.example/editions/" + newsletter.slug() + "/" + edition.label() + "]");
		assertThat(copies.get(bobId)).contains("[]", "[all topics]", "[some time]",
				"[" + this.links.preferences(bobId, 0) + "]");
		assertThat(this.readers.find(newsletter.id(), adaId))
			.hasValueSatisfying((it) -> assertThat(it.moves()).isEqualTo(3));
	}

	@Test
	void anAttributeThatIsForgottenBeforeTheMailLeavesIsItsLastFallback() {
		TestNewsroom newsroom = new TestNewsroom(this.jdbc, this.newsletters, this.clock);
		Newsletter newsletter = newsroom.newsletter();
		this.newsletters.declare(newsletter.id(), new Attribute("memberSince", "Member since", "long ago"));
		this.newsletters.declare(newsletter.id(), new Attribute("memberSince", "Member since", "some time"));
		newsroom.story("Harbour bridge opens");
		long reader = newsroom.reader(newsletter, TestNewsroom.address("ada"));
		this.jdbc.sql(
				"INSERT INTO subscriber_attribute (subscriber_id, newsletter_id, name, value) VALUES (?, ?, 'memberSince', '2019')")
			.params(reader, newsletter.id())
			.update();
		Edition edition = rendered(newsletter);
		Letter letter = this.renderer.variant(edition.id(), 1).orElseThrow().letter();

		assertThat(this.newsletters.forget(newsletter.id(), "memberSince")).isTrue();

		assertThat(copies(edition, newsletter, reader).get(reader)).contains("[some time]").doesNotContain("2019");
		assertThatIllegalArgumentException().as("what is only looked at says what is wrong")
			.isThrownBy(() -> this.mails.preview(edition, newsletter, letter, EditionReader.example("a@b.example")))
			.withMessageContaining("Unknown reader's field memberSince");
		assertThat(this.newsletters.forget(newsletter.id(), "memberSince")).isFalse();
	}

	@Test
	void aVariantThatIsBeingEncodedKeepsNobodyFromAnother() {
		TestNewsroom newsroom = new TestNewsroom(this.jdbc, this.newsletters, this.clock);
		Newsletter newsletter = newsroom.newsletter();
		this.newsletters.declare(newsletter.id(), new Attribute("memberSince", "Member since", "some time"));
		newsroom.story("Harbour bridge opens");
		String address = TestNewsroom.address("ada");
		EditionReader ada = new EditionReader(newsroom.reader(newsletter, address), 0, address, "Ada", null, Map.of());
		Edition edition = rendered(newsletter);
		CountDownLatch slow = new CountDownLatch(1);
		AtomicInteger loaded = new AtomicInteger();
		EditionMessages messages = this.mails.messages(edition, newsletter, (variant) -> {
			loaded.incrementAndGet();
			if (variant == 1) {
				awaitOpen(slow);
			}
			return (variant <= 2) ? this.renderer.variant(edition.id(), 1) : Optional.empty();
		});
		CompletableFuture<byte[]> first = TestThreads.start(() -> messages.copies().of(1, ada));
		CompletableFuture<byte[]> same = TestThreads.start(() -> messages.copies().of(1, ada));
		EditionMessages.Copies copies = messages.copies();
		assertThat(text(copies.of(2, ada))).contains("[Ada]");
		assertThat(first).isNotDone();
		slow.countDown();
		assertThat(text(first.join())).isEqualTo(text(same.join())).isEqualTo(text(copies.of(1, ada)));
		assertThat(copies.of(2, ada)).isEqualTo(copies.of(2, ada));
		assertThat(loaded).as("each once").hasValue(2);
		for (int i = 0; i < 2; i++) {
			assertThatIllegalStateException().isThrownBy(() -> copies.of(3, ada))
				.withMessageContaining("has no variant 3; restart the run");
		}
	}

	private static void awaitOpen(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The letter is made to name every field, whatever the designs do. */
	private Edition rendered(Newsletter newsletter) {
		long id = this.editions.open(newsletter, LocalDate.of(2026, 11, 23), 1, this.clock.instant()).id();
		Edition edition = this.composer.compose(id, newsletter);
		this.renderer.render(edition, newsletter);
		this.jdbc.sql("UPDATE variant SET text = ? WHERE edition_id = ? AND variant = 1")
			.params(List
				.of(ReaderField.NAME, ReaderField.TOPICS, ReaderField.attribute("memberSince"), ReaderField.ONLINE_URL,
						ReaderField.PREFERENCES_URL)
				.stream()
				.map((field) -> "[" + field.token() + "]\n")
				.collect(Collectors.joining()), id)
			.update();
		return edition;
	}

	private Map<Long, String> copies(Edition edition, Newsletter newsletter, long... readers) {
		for (int i = 0; i < readers.length; i++) {
			this.jdbc.sql("INSERT INTO delivery (edition_id, seq, subscriber_id, variant) VALUES (?, ?, ?, 1)")
				.params(edition.id(), i + 1, readers[i])
				.update();
		}
		EditionMessages messages = this.mails.messages(edition, newsletter);
		Blocks.Claim claim = new Blocks.Claim(edition.id(), 0, 1, readers.length, 1);
		return this.parts.page(claim, messages, 0, this.clock.instant())
			.stream()
			.collect(Collectors.toMap(LedgerRow::subscriberId,
					(row) -> text(messages.copy(row.variant(), row.reader(String.valueOf(row.email()))))));
	}

	private static String text(byte[] message) {
		try {
			MimeMessage read = new MimeMessage(Session.getInstance(new Properties()),
					new ByteArrayInputStream(message));
			return (String) ((MimeMultipart) read.getContent()).getBodyPart(0).getContent();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
