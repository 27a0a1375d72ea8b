package dev.postrider.delivery.batch;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import dev.postrider.delivery.DigestRuns;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionComposer;
import dev.postrider.edition.EditionNotes;
import dev.postrider.edition.EditionNotes.Kind;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.RunHistory;
import dev.postrider.story.Stories;
import dev.postrider.story.StoryKind;
import dev.postrider.story.feed.FeedServer;
import dev.postrider.story.ingest.IncomingStory;
import dev.postrider.story.ingest.StoryWriter;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestNewsroom;
import dev.postrider.testing.TestRelay;
import jakarta.mail.Multipart;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of stories that changed between composing and sending: articles are asked
 * for at a real server. Each test in a month of its own that no other test knows.
 */
@PostriderTest
class FreshEditionTests {

	private static final AtomicInteger MONTH = new AtomicInteger();

	/** The newest first, as they are picked. */
	private static final List<String> HEADLINES = List.of("Parliament votes on the harbour tax",
			"Rowers win the river race by a canvas", "Bakers find the lost rye of the islands",
			"Embassy closes after forty years", "Goalkeeper signs until she is forty", "Mayor wants trams everywhere",
			"Why this year's oysters are small", "Night trains return to the coast", "Observatory hears a young star");

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private StoryWriter writer;

	@Autowired
	private Stories stories;

	@Autowired
	private Editions editions;

	@Autowired
	private EditionComposer composer;

	@Autowired
	private EditionNotes notes;

	@Autowired
	private DigestRuns digests;

	@Autowired
	private RunHistory runs;

	@Autowired
	private TestClock clock;

	private final FeedServer site = new FeedServer();

	private final Map<String, Integer> answers = new ConcurrentHashMap<>();

	private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

	private TestNewsroom newsroom;

	private Newsletter newsletter;

	private LocalDate date;

	@BeforeEach
	void anotherMonth() {
		this.date = LocalDate.of(2061, 1, 3).plusWeeks(4L * MONTH.getAndIncrement());
		this.clock.set(Instant.parse(this.date + "T06:00:00Z"));
		this.newsroom = new TestNewsroom(this.jdbc, this.newsletters, this.clock);
		this.newsletter = this.newsroom.newsletter();
		this.site.on("/", (exchange) -> {
			this.asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
			FeedServer.answer(exchange, status(exchange), new byte[0]);
		});
		for (int i = 0; i < HEADLINES.size(); i++) {
			publish(i, HEADLINES.get(i), false, null);
		}
	}

	@AfterEach
	void reset() throws Exception {
		this.clock.reset();
		this.site.close();
	}

	@Test
	void whatIsGoneFromTheWebIsReplacedByTheNextOfThePick() throws Exception {
		this.answers.put("/0", 404);
		this.answers.put("/2", 410);
		// The first that comes in instead is gone too.
		this.answers.put("/7", 404);
		String reader = reader(null);
		send();
		assertThat(headlines(reader)).hasSize(6)
			.doesNotContain(HEADLINES.get(0), HEADLINES.get(2), HEADLINES.get(7))
			.contains(HEADLINES.get(8));
		assertThat(TestRelay.get().to(reader).get(0).getSubject()).as("follows the new lead")
			.isEqualTo(headlines(reader).get(0));
		assertThat(notes(Kind.DROPPED)).hasSize(3)
			.anySatisfy((words) -> assertThat(words).contains(HEADLINES.get(0)).contains("404"))
			.anySatisfy((words) -> assertThat(words).contains(HEADLINES.get(8) + "” came in instead"));
		assertThat(notes(Kind.UNCHECKED)).isEmpty();
	}

	@Test
	void whoDoesNotAnswerHeadIsAskedForThePage() throws Exception {
		this.answers.put("HEAD /0", 405);
		this.answers.put("HEAD /1", 404);
		String reader = reader(null);
		send();
		assertThat(headlines(reader)).contains(HEADLINES.get(0), HEADLINES.get(1));
		assertThat(this.asked).contains("GET /0", "GET /1").doesNotContain("GET /2");
		assertThat(this.notes.of(edition().id())).isEmpty();
	}

	@Test
	void aServerInTroubleDropsNothingAndIsNoted() throws Exception {
		this.answers.put("/0", 503);
		this.answers.put("/1", 403);
		String reader = reader(null);
		send();
		assertThat(headlines(reader)).contains(HEADLINES.get(0), HEADLINES.get(1));
		assertThat(notes(Kind.UNCHECKED)).hasSize(1)
			.allSatisfy((words) -> assertThat(words).startsWith("2 articles of 127.0.0.1 could not be checked"));
	}

	@Test
	void aServerThatIsAwayIsAskedOnceForAllItsStories() throws Exception {
		this.site.close();
		String reader = reader(null);
		send();
		assertThat(headlines(reader)).hasSize(7);
		assertThat(notes(Kind.UNCHECKED)).singleElement()
			.asString()
			.contains("7 articles of 127.0.0.1 could not be checked")
			.contains("cannot be reached");
	}

	@Test
	void whatWasWithdrawnOrCameUnderEmbargoIsReplacedAndNoted() throws Exception {
		String reader = reader(null);
		compose();
		publish(0, HEADLINES.get(0), true, null);
		publish(1, HEADLINES.get(1), false, this.clock.instant().plus(Duration.ofDays(1)));
		send();
		assertThat(headlines(reader)).hasSize(7)
			.doesNotContain(HEADLINES.get(0), HEADLINES.get(1))
			.contains(HEADLINES.get(7), HEADLINES.get(8));
		assertThat(notes(Kind.DROPPED)).hasSize(2)
			.anySatisfy((words) -> assertThat(words).contains("withdrawn"))
			.anySatisfy((words) -> assertThat(words).contains("under embargo until"));
	}

	@Test
	void aChangedHeadlineIsTakenOverUnlessAnEditorRewroteIt() throws Exception {
		String reader = reader(null);
		Edition edition = compose();
		this.composer.rewrite(edition.id(), id(1), "Our rowers are first", null);
		this.clock.advance(Duration.ofMinutes(5));
		publish(0, "Parliament rejects the harbour tax", false, null);
		publish(1, "Rowers win by two lengths", false, null);
		send();
		assertThat(headlines(reader)).contains("Parliament rejects the harbour tax", "Our rowers are first")
			.doesNotContain(HEADLINES.get(0));
		assertThat(notes(Kind.CHANGED)).containsExactlyInAnyOrder(
				"The headline “%s” is now “Parliament rejects the harbour tax”, as its source has it."
					.formatted(HEADLINES.get(0)),
				"The source now says “Rowers win by two lengths”; the editor's “Our rowers are first” stands.");
	}

	@Test
	void anApprovedEditionOnlyLosesWhatIsGoneWhileItHasEnough() throws Exception {
		String reader = reader(null);
		Edition edition = compose();
		this.editions.approve(edition.id(), "ann@news.example");
		this.answers.put("/0", 404);
		send();
		assertThat(headlines(reader)).hasSize(6).doesNotContain(HEADLINES.get(0), HEADLINES.get(7));
		assertThat(notes(Kind.DROPPED)).singleElement().asString().endsWith("Nothing came in instead.");
	}

	@Test
	void readersOfTopicsGetNothingThatIsGone() throws Exception {
		// The eighth: not in the edition, so nobody has asked for it before.
		this.answers.put("/7", 410);
		String reader = reader("Odd");
		send();
		assertThat(headlines(reader)).containsExactlyInAnyOrder(HEADLINES.get(1), HEADLINES.get(3), HEADLINES.get(5));
		assertThat(notes(Kind.DROPPED)).singleElement().asString().contains("for readers of topics");
	}

	private int status(HttpExchange exchange) {
		String path = exchange.getRequestURI().getPath();
		return this.answers.getOrDefault(exchange.getRequestMethod() + " " + path,
				this.answers.getOrDefault(path, 200));
	}

	private void publish(int i, String headline, boolean withdrawn, Instant embargo) {
		this.writer.write(List.of(new IncomingStory(url(i), headline, "", "", (i % 2 == 1) ? "Odd" : "Even", List.of(),
				null, StoryKind.NEWS, "en", null, null, List.of(),
				Instant.parse(this.date + "T05:59:00Z").minus(Duration.ofMinutes(i)), embargo, withdrawn, null)), null);
	}

	private String url(int i) {
		return this.site.uri("/" + i) + "?on=" + this.date;
	}

	private long id(int i) {
		return this.stories.findByUrl(url(i)).orElseThrow().id();
	}

	private String reader(String topics) {
		String address = TestNewsroom.address("reader");
		long id = this.newsroom.reader(this.newsletter, address);
		this.jdbc.sql("UPDATE subscription SET topics = :topics WHERE subscriber_id = :id")
			.param("topics", topics)
			.param("id", id)
			.update();
		return address;
	}

	private Edition compose() {
		Edition edition = this.editions.open(this.newsletter, this.date, 1, this.clock.instant());
		return this.composer.compose(edition.id(), this.newsletter);
	}

	private void send() {
		long run = this.digests.send(this.newsletter.slug(), this.date, 1, "test");
		await().atMost(Duration.ofSeconds(30)).until(() -> !this.runs.find(run).orElseThrow().isRunning());
		assertThat(edition().status()).isEqualTo(EditionStatus.SENT);
	}

	private Edition edition() {
		return this.editions.find(this.newsletter.id(), this.date, 1).orElseThrow();
	}

	private List<String> notes(Kind kind) {
		return this.notes.of(edition().id())
			.stream()
			.filter((note) -> note.kind() == kind)
			.map(EditionNotes.Note::words)
			.toList();
	}

	private static List<String> headlines(String reader) throws Exception {
		Multipart parts = (Multipart) TestRelay.get().to(reader).get(0).getContent();
		return Jsoup.parse((String) parts.getBodyPart(1).getContent()).select("h2").eachText();
	}

}
