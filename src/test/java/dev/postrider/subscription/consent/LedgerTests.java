package dev.postrider.subscription.consent;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.postrider.subscription.Readers;
import dev.postrider.subscription.Suppressions;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestDatabase;
import dev.postrider.testing.TestNewsroom;
import dev.postrider.testing.TestThreads;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tampers with the ledger inside transactions that are taken back: others use it too.
 */
@PostriderTest
class LedgerTests {

	private static final String LAST = " ORDER BY link DESC LIMIT 1";

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private ConsentChains chains;

	@Autowired
	private LedgerCheck check;

	@Autowired
	private LedgerWatch watch;

	@Autowired
	private Readers readers;

	@Autowired
	private Suppressions suppressions;

	@Autowired
	private PlatformTransactionManager transactions;

	private final long subscriber = 9_000_000_000L + ThreadLocalRandom.current().nextLong(1_000_000);

	private final int chain = ConsentChains.chainOf(this.subscriber);

	/** The third of the five that a test appends. */
	private long link;

	@Test
	void anUntouchedLedgerIsWhole() {
		assertThat(brokenAfter("DO 0")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "subscriber_id = subscriber_id + 16", "newsletter_id = 2", "action = 'CONFIRMED'",
			"channel = 'API'", "wording_version = '2'", "wording = 'I agree to everything'", "wording = NULL",
			"privacy_version = '9'", "privacy_url = 'https://other.example'", "token_id = NULL",
			"token_id = UNHEX(REPEAT('ff', 32))", "at = at - INTERVAL 1 SECOND", "at = at + INTERVAL 1 MICROSECOND",
			"hash = UNHEX(REPEAT('ab', 32))" })
	@DisplayName("C4: a changed row shows, whichever field it is")
	void findsAChangedRow(String change) {
		assertThat(brokenAfter("UPDATE consent SET " + change + " WHERE chain = :chain AND link = :link"))
			.singleElement()
			.asString()
			.matches("Row " + this.link + " of chain " + this.chain + " \\(consent \\d+\\) was changed\\.");
	}

	@Test
	void findsARowWhosePredecessorIsAnother() {
		assertThat(brokenAfter(
				"UPDATE consent SET previous = UNHEX(REPEAT('ab', 32)) WHERE chain = :chain AND link = :link"))
			.singleElement()
			.asString()
			.contains("Row " + this.link + " of chain " + this.chain, "does not follow the row before it");
	}

	@Test
	@DisplayName("C4: a row changed along with its hash does not fit the next one")
	void findsARowThatWasHashedAnew() {
		assertThat(broken(() -> forge(this.link))).singleElement()
			.asString()
			.contains("Row " + (this.link + 1) + " of chain " + this.chain, "does not follow");
	}

	@Test
	@DisplayName("C4: the last row changed along with its hash does not fit the head")
	void findsALastRowThatWasHashedAnew() {
		assertThat(broken(() -> forge(lastLink()))).singleElement()
			.asString()
			.contains("The head of chain " + this.chain, "another hash");
	}

	@Test
	@DisplayName("C4: a row taken out shows, in the middle and at the end")
	void findsAMissingRow() {
		assertThat(brokenAfter("DELETE FROM consent WHERE chain = :chain AND link = :link")).singleElement()
			.asString()
			.contains("Row " + this.link + " of chain " + this.chain + " is missing");
		assertThat(brokenAfter("DELETE FROM consent WHERE chain = :chain" + LAST)).singleElement()
			.asString()
			.contains("of chain " + this.chain + " are missing: they were cut off at the end");
		assertThat(brokenAfter("UPDATE consent_chain SET links = links - 1 WHERE chain = :chain")).isNotEmpty();
	}

	@Test
	@DisplayName("C4: a row put in shows, with a right hash too")
	void findsARowPutIn() {
		List<String> behind = broken(() -> {
			long last = lastLink();
			insert(last + 1, hash(last));
		});
		assertThat(behind).singleElement().asString().contains("stands behind the chain's head");
		assertThat(broken(() -> insert(0, ConsentHash.NONE))).singleElement()
			.asString()
			.contains("put in before the chain's beginning");
		assertThat(broken(() -> {
			insert(lastLink() + 1, ConsentHash.NONE);
			update("UPDATE consent SET chain = 99 WHERE chain = :chain" + LAST);
		})).singleElement().asString().contains("of chain 99", "a chain that does not exist");
	}

	@Test
	void findsAMissingHead() {
		assertThat(brokenAfter("DELETE FROM consent_chain WHERE chain = :chain")).singleElement()
			.isEqualTo("The head of chain " + this.chain + " is missing.");
	}

	@Test
	void twoRowsAreNeverAtOnePlace() {
		assertThatExceptionOfType(DuplicateKeyException.class)
			.isThrownBy(() -> broken(() -> insert(lastLink(), ConsentHash.NONE)));
	}

	@Test
	void appendsOnlyInATransaction() {
		assertThatExceptionOfType(IllegalTransactionStateException.class)
			.isThrownBy(() -> this.chains.append(List.of(row("SIGNED_UP"))));
	}

	@Test
	@DisplayName("Many who write at once, and take back, leave the chains whole")
	void holdsWhenManyWriteAtOnce() {
		long newsletter = this.jdbc.sql("SELECT id FROM newsletter WHERE slug = 'highlights'")
			.query(Long.class)
			.single();
		TransactionTemplate template = new TransactionTemplate(this.transactions);
		Stream<CompletableFuture<?>> work = IntStream.range(0, 6).mapToObj((worker) -> TestThreads.start(() -> {
			for (int portion = 0; portion < 3; portion++) {
				boolean takenBack = portion % 3 == 2;
				template.executeWithoutResult((status) -> {
					for (int i = 0; i < 6; i++) {
						String email = TestNewsroom.address("ledger");
						this.readers.addVerified(email, null, newsletter, "DEMO");
						long id = this.jdbc.sql("SELECT id FROM subscriber WHERE email_key = ?")
							.param(email)
							.query(Long.class)
							.single();
						this.suppressions.suppress(id, Suppressions.Reason.MANUAL, "test");
					}
					if (takenBack) {
						status.setRollbackOnly();
					}
				});
			}
		}));
		CompletableFuture.allOf(work.toArray(CompletableFuture<?>[]::new)).join();
		assertThat(this.check.check().broken()).isEmpty();
	}

	@Test
	void isCheckedOnceANight() {
		this.jdbc.sql("UPDATE consent_check SET day = '1970-01-01', checked_at = NULL, broken = 'not yet'").update();
		this.watch.nightly();
		assertThat(this.watch.lastCheck()).hasValueSatisfying((check) -> assertThat(check.broken()).isNull());
		this.jdbc.sql("UPDATE consent_check SET checked_at = NULL").update();
		this.watch.nightly();
		assertThat(this.watch.lastCheck()).isEmpty();
	}

	@Test
	void isCheckedByACommand() throws IOException, InterruptedException {
		TestDatabase database = TestDatabase.get();
		assertThat(command(0, database.url())).contains("The ledger is whole", "\n    0 ", "\n   15 ");
		assertThat(command(1, "jdbc:mysql://127.0.0.1:1/none?connectTimeout=500")).contains("cannot be read",
				"SPRING_DATASOURCE_URL");
		ByteArrayOutputStream err = new ByteArrayOutputStream();
		assertThat(new ConsentCheckCommand().run(List.of("what"), System.out,
				new PrintStream(err, true, StandardCharsets.UTF_8)))
			.isEqualTo(2);
		assertThat(err.toString(StandardCharsets.UTF_8)).contains("consent-check does not know what");
	}

	@Test
	void theCommandNamesWhatIsBroken() {
		ByteArrayOutputStream err = new ByteArrayOutputStream();
		int status = ConsentCheckCommand.report(
				new LedgerCheck.Result(4, List.of(new LedgerCheck.End(0, 4, ConsentHash.NONE, "Row 5 was changed.")),
						List.of("Row 5 was changed.")),
				new PrintStream(new ByteArrayOutputStream()), new PrintStream(err, true, StandardCharsets.UTF_8));
		assertThat(status).isOne();
		assertThat(err.toString(StandardCharsets.UTF_8)).contains("broken", "- Row 5 was changed.");
	}

	/** In a process of its own, set up as an operator would; what it says. */
	private static String command(int status, String url) throws IOException, InterruptedException {
		String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		ProcessBuilder builder = new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"),
				"-XX:TieredStopAtLevel=1", "-cp", path, "dev.postrider.PostriderApplication", "consent-check")
			.redirectErrorStream(true);
		builder.environment()
			.putAll(Map.of("SPRING_DATASOURCE_URL", url, "SPRING_DATASOURCE_USERNAME", TestDatabase.get().user(),
					"SPRING_DATASOURCE_PASSWORD", TestDatabase.get().password(),
					"SPRING_DATASOURCE_HIKARI_CONNECTIONTIMEOUT", "2000"));
		Process process = builder.start();
		String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(said).isEqualTo(status);
		return said;
	}

	private List<String> brokenAfter(String statement) {
		return broken(() -> update(statement));
	}

	/** Appends five rows, does something to them, checks, and takes all back. */
	private List<String> broken(Runnable tampering) {
		List<String> broken = new TransactionTemplate(this.transactions).execute((status) -> {
			status.setRollbackOnly();
			this.chains.append(IntStream.range(0, 5).mapToObj((i) -> row("SIGNED_UP")).toList());
			this.link = lastLink() - 2;
			tampering.run();
			return this.check.check().broken();
		});
		return (broken != null) ? broken : List.of();
	}

	private ConsentRow row(String action) {
		return new ConsentRow(this.subscriber, 1, action, "FORM", "1", "Yes, please", "1",
				"https://news.example/privacy", new byte[32], Instant.parse("2026-11-23T07:00:00.123456Z"));
	}

	private void insert(long at, byte[] previous) {
		this.jdbc.sql("""
				INSERT INTO consent (subscriber_id, newsletter_id, action, channel, at, chain, link, previous, hash)
				VALUES (:subscriber, 1, 'SIGNED_UP', 'FORM', '2026-11-23 07:00:00', :chain, :link, :previous, :hash)
				""")
			.param("subscriber", this.subscriber)
			.param("chain", this.chain)
			.param("link", at)
			.param("previous", previous)
			.param("hash",
					ConsentHash.of(previous, this.chain, at,
							new ConsentRow(this.subscriber, 1, "SIGNED_UP", "FORM", null, null, null, null, null,
									Instant.parse("2026-11-23T07:00:00Z"))))
			.update();
	}

	private void update(String statement) {
		this.jdbc.sql(statement).param("chain", this.chain).param("link", this.link).update();
	}

	/** Changes a row and writes its hash anew. */
	private void forge(long at) {
		this.jdbc.sql("UPDATE consent SET action = 'CONFIRMED', hash = ? WHERE chain = ? AND link = ?")
			.params(ConsentHash.of(hash(at - 1), this.chain, at, row("CONFIRMED")), this.chain, at)
			.update();
	}

	private byte[] hash(long at) {
		return this.jdbc.sql("SELECT hash FROM consent WHERE chain = ? AND link = ?")
			.params(this.chain, at)
			.query(byte[].class)
			.single();
	}

	/** What the head says; locked by whoever has appended. */
	private long lastLink() {
		return this.jdbc.sql("SELECT links FROM consent_chain WHERE chain = ?")
			.param(this.chain)
			.query(Long.class)
			.single();
	}

}
