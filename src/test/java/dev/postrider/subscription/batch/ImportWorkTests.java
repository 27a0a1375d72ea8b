package dev.postrider.subscription.batch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.postrider.newsletter.Attribute;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.batch.ImportWork.ImportPass;
import dev.postrider.subscription.batch.RowCheck.Checked;
import dev.postrider.subscription.list.AddressGate;
import dev.postrider.subscription.list.Choice;
import dev.postrider.subscription.list.EmailAddress;
import dev.postrider.subscription.list.NewReaders;
import dev.postrider.subscription.list.NewReaders.NewReader;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestNewsroom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A stored file, portion by portion.
 */
@PostriderTest
class ImportWorkTests {

	private static final Runnable AT_ONCE = () -> {
	};

	@Autowired
	private ImportWork work;

	@Autowired
	private Imports imports;

	@Autowired
	private StoredImports stored;

	@Autowired
	private FileParts parts;

	@Autowired
	private NewReaders newReaders;

	@Autowired
	private TransactionTemplate transaction;

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
		this.newsroom = new TestNewsroom(this.jdbc, this.newsletters, this.clock);
		this.newsletter = this.newsroom.newsletter();
	}

	@Test
	void aReasonThatListsMuchFitsItsColumn() throws Exception {
		this.newsletters.declare(this.newsletter.id(), new Attribute("forgottenSince", "Of old", ""));
		StoredImport file = receive("email,forgottenSince\n" + address("ada") + ",2019\n");
		this.newsletters.forget(this.newsletter.id(), "forgottenSince");
		for (int i = 10; i < 40; i++) {
			this.newsletters.declare(this.newsletter.id(), new Attribute("x".repeat(38) + i, "An attribute", ""));
		}
		ImportPass pass = begin(file, false);
		assertThat(this.work.take(pass, 0, this.work.next(pass, 10), AT_ONCE)).isEqualTo(1);
		assertThat(this.jdbc.sql("SELECT rejected_because FROM subscriber_import_row WHERE import_id = ?")
			.param(file.id())
			.query(String.class)
			.single()).startsWith("forgottenSince: the newsletter has no such attribute; it has xxx")
			.endsWith("x…")
			.hasSize(400);
	}

	@Test
	void goesOnAfterTheLastPortionThatIsDone() throws Exception {
		StoredImport file = receive("email\n"
				+ String.join("\n", address("a"), address("b"), address("c"), address("d"), "nobody", address("e"))
				+ "\n");
		ImportPass killed = begin(file, false);
		this.work.take(killed, 0, this.work.next(killed, 2), AT_ONCE);
		// What was read and not committed is lost with the process.
		killed.rows().next(1);

		ImportPass next = this.work.open(file.id(), killed.file().pass());
		List<Checked> rest = this.work.next(next, 100);
		assertThat(rest).extracting((it) -> it.row().line()).containsExactly(4, 5, 6, 7);
		assertThatIllegalStateException().isThrownBy(() -> this.work.take(next, 2, rest, AT_ONCE))
			.withMessageContaining("Another run");
		assertThat(readers()).isEqualTo(2);
		assertThat(this.work.take(next, 3, rest, AT_ONCE)).isEqualTo(1);
		assertThat(next.rows().next(1)).isEmpty();
		this.work.finish(next);

		assertThat(readers()).isEqualTo(5);
		assertThat(this.stored.find(file.id()).orElseThrow()).matches(StoredImport::isTakenIn)
			.extracting(StoredImport::taken, StoredImport::rejected, StoredImport::doneLine)
			.containsExactly(5, 1, 7);
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM subscriber_import_part WHERE import_id = ?")
			.param(file.id())
			.query(Integer.class)
			.single()).isZero();
		assertThatExceptionOfType(ImportException.class)
			.isThrownBy(() -> this.imports.start(this.stored.find(file.id()).orElseThrow(), false, "test"))
			.withMessageContaining("taken in already");
	}

	@Test
	void aDryPassChangesNothingButItsCounts() throws Exception {
		this.newsletters.declare(this.newsletter.id(), new Attribute("club", "Club", ""));
		String known = address("known");
		long id = this.newsroom.reader(this.newsletter, known);
		StoredImport file = receive("""
				email,status,club
				%s,,Rowing
				%s,,Chess
				%s,UNSUBSCRIBED,
				%s,COMPLAINED,
				%s,SUPPRESSED,
				nobody,,
				""".formatted(address("new"), known, address("left"), address("complained"), known));
		long before = rows();
		ImportPass pass = begin(file, true);
		assertThat(this.work.take(pass, 0, this.work.next(pass, 100), AT_ONCE)).isEqualTo(1);
		this.work.finish(pass);
		assertThat(rows()).isEqualTo(before);
		assertThat(this.jdbc.sql("SELECT status FROM subscriber WHERE id = ?").param(id).query(String.class).single())
			.isEqualTo("ACTIVE");
		StoredImport checked = this.stored.find(file.id()).orElseThrow();
		assertThat(checked).matches(StoredImport::isChecked)
			.extracting(StoredImport::taken, StoredImport::rejected)
			.containsExactly(5, 1);
		assertThat(this.parts.open(checked).read()).isEqualTo('e');

		ImportPass real = begin(checked, false);
		assertThat(this.work.take(real, 0, this.work.next(real, 100), AT_ONCE)).isEqualTo(1);
		assertThat(this.jdbc.sql("SELECT status FROM subscriber WHERE id = ?").param(id).query(String.class).single())
			.isEqualTo("SUPPRESSED");
		assertThat(this.stored.find(file.id()).orElseThrow().rejected()).isEqualTo(1);
		// The dry pass is over: whoever still works on it gets no further.
		assertThatIllegalStateException().isThrownBy(() -> this.work.open(file.id(), pass.file().pass()));
	}

	@Test
	void aFileOfManyPartsIsReadAsItCame() throws Exception {
		StringBuilder text = new StringBuilder("\uFEFFemail;name\r\n");
		int rows = 0;
		while (text.length() < 2 * FileParts.SIZE) {
			text.append("p")
				.append(++rows)
				.append(this.tag)
				.append("@import.example;\"Zoë “")
				.append(rows)
				.append("”\"\r\n");
		}
		byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
		StoredImport file = this.imports.receive(this.newsletter, new ByteArrayInputStream(bytes), "a.csv", "Asked",
				"test");
		assertThat(this.parts.open(file).readAllBytes()).isEqualTo(bytes);
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM subscriber_import_part WHERE import_id = ?")
			.param(file.id())
			.query(Integer.class)
			.single()).isEqualTo((bytes.length + FileParts.SIZE - 1) / FileParts.SIZE);
		assertThat(file.rows()).isEqualTo(rows);
		ImportFile read = new ImportFile(this.parts.open(file), file.columns(), rows);
		assertThat(read.next(10)).extracting(ImportRow::name).containsExactly("Zoë “" + rows + "”");
	}

	@Test
	void whoSignsUpBetweenTheLookAndTheInsertIsFound() throws Exception {
		EmailAddress address = AddressGate.admit(address("quick"));
		assertThatExceptionOfType(DuplicateKeyException.class)
			.isThrownBy(() -> this.transaction.executeWithoutResult((status) -> {
				assertThat(this.newReaders.look(List.of(address), this.newsletter.id()).isNew(address)).isTrue();
				// On another connection, as another request.
				Thread other = new Thread(
						() -> this.newsroom.reader(this.newsletter, address.value(), "PENDING", false));
				other.start();
				join(other);
				this.newReaders.add(List.of(new NewReader(address, null, Choice.ALL, Map.of())), this.newsletter, null);
			}));
		// The portion tried anew takes the slow way.
		this.transaction.executeWithoutResult(
				(status) -> assertThat(this.newReaders.look(List.of(address), this.newsletter.id()).isNew(address))
					.isFalse());
	}

	@Test
	void eachGetsTheOwnSubscriptionHoweverTheServerNumbersRows() {
		List<NewReader> added = IntStream.range(0, 300)
			.mapToObj((i) -> new NewReader(new EmailAddress(address("n" + i)), null,
					new Choice(Set.of(), List.of("T" + i)), Map.of()))
			.toList();
		this.transaction.executeWithoutResult((status) -> {
			this.jdbc.sql("SET SESSION auto_increment_increment = 7").update();
			try {
				this.newReaders.add(added, this.newsletter, null);
			}
			finally {
				this.jdbc.sql("SET SESSION auto_increment_increment = 1").update();
			}
		});
		assertThat(this.jdbc.sql("""
				SELECT COUNT(*) FROM subscription s JOIN subscriber r ON r.id = s.subscriber_id
				WHERE s.newsletter_id = ? AND s.topics = CONCAT('T', SUBSTRING(SUBSTRING_INDEX(r.email, '-', 1), 2))
				""").param(this.newsletter.id()).query(Integer.class).single()).isEqualTo(300);
		assertThat(this.jdbc.sql("SELECT COUNT(DISTINCT subscriber_id) FROM consent WHERE newsletter_id = ?")
			.param(this.newsletter.id())
			.query(Integer.class)
			.single()).isEqualTo(300);
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private StoredImport receive(String text) throws ImportException {
		return this.imports.receive(this.newsletter, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
				"readers.csv", "Asked at the fair", "test");
	}

	private ImportPass begin(StoredImport file, boolean dry) throws IOException, ImportException {
		assertThat(this.stored.begin(file, dry)).isTrue();
		return this.work.open(file.id(), file.pass() + 1);
	}

	private int readers() {
		return this.jdbc.sql("SELECT COUNT(*) FROM subscriber WHERE email LIKE ?")
			.param("%" + this.tag + "%")
			.query(Integer.class)
			.single();
	}

	/** All that an import may write about this test's readers. */
	private long rows() {
		return this.jdbc.sql("""
				SELECT (SELECT COUNT(*) FROM subscriber WHERE email LIKE :tag)
				  + (SELECT COUNT(*) FROM subscription WHERE newsletter_id = :newsletter)
				  + (SELECT COUNT(*) FROM consent WHERE newsletter_id = :newsletter)
				  + (SELECT COUNT(*) FROM subscriber_attribute WHERE newsletter_id = :newsletter)
				""")
			.param("tag", "%" + this.tag + "%")
			.param("newsletter", this.newsletter.id())
			.query(Long.class)
			.single();
	}

	private String address(String who) {
		return who + "-" + this.tag + "@import.example";
	}

}
