package dev.postrider.delivery.batch;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.postrider.delivery.Deliveries;
import dev.postrider.delivery.DeliveryStatus;
import dev.postrider.delivery.DigestRuns;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionComposer;
import dev.postrider.edition.EditionRenderer;
import dev.postrider.edition.EditionRenderer.Variant;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.EditionVariants;
import dev.postrider.edition.Editions;
import dev.postrider.edition.TopicVariants;
import dev.postrider.edition.Topics;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.Run;
import dev.postrider.run.RunHistory;
import dev.postrider.story.Stories;
import dev.postrider.story.StoryKind;
import dev.postrider.story.ingest.IncomingStory;
import dev.postrider.story.ingest.StoryWriter;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestNewsroom;
import dev.postrider.testing.TestRelay;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMultipart;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What readers get who chose topics, from the ledger to the letter. Each test in a month
 * of its own that no other test knows.
 */
@PostriderTest
class TopicEditionTests {

	private static final AtomicInteger MONTH = new AtomicInteger();

	private static final List<String> POLITICS = List.of("Parliament votes on the harbour tax",
			"Minister leaves over letters to a builder", "Two parties agree to govern the north",
			"Court stops the new border law", "Mayor wants trams on every bridge",
			"Budget: pensions rise, roads must wait", "Embassy closes after forty years",
			"Wards elect their councils in spring");

	private static final List<String> SPORT = List.of("Rowers win the river race by a canvas",
			"Goalkeeper signs until she is forty", "Stadium roof will not be ready for the cup");

	private static final List<String> FOOD = List.of("Bakers find the lost rye of the islands",
			"Why this year's oysters are small");

	@LocalServerPort
	private int port;

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
	private TopicVariants variants;

	@Autowired
	private Audience audience;

	@Autowired
	private Deliveries deliveries;

	@Autowired
	private DigestRuns digests;

	@Autowired
	private RunHistory runs;

	@Autowired
	private EditionVariants settled;

	@Autowired
	private EditionRenderer renderer;

	@Autowired
	private TestClock clock;

	private TestNewsroom newsroom;

	private Newsletter newsletter;

	private LocalDate date;

	private final Map<String, Long> ids = new HashMap<>();

	@BeforeEach
	void anotherMonth() {
		this.date = LocalDate.of(2051, 1, 2).plusWeeks(4L * MONTH.getAndIncrement());
		this.clock.set(Instant.parse(this.date + "T06:00:00Z"));
		this.newsroom = new TestNewsroom(this.jdbc, this.newsletters, this.clock);
		this.newsletter = this.newsroom.newsletter();
		publish("Politics", POLITICS, 0);
		publish("Sport", SPORT, 1);
		publish("Food", FOOD, 2);
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void everyReaderGetsTheStoriesOfTheirTopicsAndTheLedgerAddsUp() throws Exception {
		String all = reader(null);
		String sport = reader("Sport");
		String both = reader("Sport,Food");
		String same = reader("food, SPORT");
		String politics = reader("Politics");
		String chess = reader("Chess");
		String paused = reader("Sport");
		this.jdbc.sql("""
				UPDATE subscription SET paused_until = '2099-01-01'
				WHERE subscriber_id = (SELECT id FROM subscriber WHERE email = ?)
				""").param(paused).update();

		assertThat(send(1).status()).isEqualTo("COMPLETED");

		Edition edition = edition(1);
		assertThat(edition.status()).isEqualTo(EditionStatus.SENT);
		assertThat(edition.picks()).hasSize(7);
		assertThat(headlines(all))
			.containsExactlyElementsOf(edition.picks().stream().map((pick) -> pick.story().headline()).toList());
		assertThat(headlines(sport)).containsExactlyInAnyOrderElementsOf(SPORT);
		assertThat(headlines(both))
			.containsExactlyInAnyOrderElementsOf(Stream.concat(SPORT.stream(), FOOD.stream()).toList());
		assertThat(headlines(same)).isEqualTo(headlines(both));
		assertThat(headlines(politics)).hasSize(7).isSubsetOf(POLITICS);
		assertThat(TestRelay.get().to(chess)).isEmpty();
		assertThat(TestRelay.get().to(sport).get(0).getSubject()).isEqualTo(headlines(sport).get(0));

		assertThat(this.deliveries.counts(edition.id())).containsEntry(DeliveryStatus.SENT, 5)
			.containsEntry(DeliveryStatus.PENDING, 0);
		assertThat(this.deliveries.exclusions(edition.id())).isEqualTo(Map.of("PAUSED", 1, "NOTHING_IN_TOPICS", 1));
		assertThat(this.jdbc.sql("SELECT candidates FROM edition WHERE id = ?")
			.param(edition.id())
			.query(Integer.class)
			.single()).isEqualTo(7);
		assertThat(variant(all)).isEqualTo(TopicVariants.EDITION);
		assertThat(variant(same)).isEqualTo(variant(both));
		assertThat(Set.of(variant(all), variant(sport), variant(both), variant(politics))).hasSize(4);
		assertThat(rendered(edition)).as("web copy, edition, three variants").isEqualTo(5);
	}

	@Test
	void everyMailLinksToThePageOfWhatItsReaderGot() throws Exception {
		String all = reader(null);
		String sport = reader("Sport");
		assertThat(send(1).status()).isEqualTo("COMPLETED");
		String page = "https://news.example/editions/" + this.newsletter.slug() + "/" + edition(1).label();
		assertThat(online(all)).isEqualTo(page);
		assertThat(online(sport)).isEqualTo(page + "/" + variant(sport));
		assertThat(shared(sport)).isEqualTo(page);

		HttpResponse<String> theirs = get(online(sport));
		assertThat(theirs.statusCode()).isEqualTo(200);
		assertThat(theirs.headers().firstValue("X-Robots-Tag")).hasValue("noindex");
		Document document = Jsoup.parse(theirs.body());
		assertThat(document.select("h2").eachText()).containsExactlyInAnyOrderElementsOf(SPORT);
		assertThat(document.select("a[href*=unsubscribe], a[href*=preferences]")).isEmpty();
		assertThat(document.select("link[rel=canonical]").attr("href")).isEqualTo(page);
		assertThat(theirs.body()).doesNotContain(sport, "\uE000");
		assertThat(get(page + "/999").statusCode()).isEqualTo(404);
		assertThat(get(page + "/0").statusCode()).isEqualTo(404);
		assertThat(get(page + "/x").statusCode()).isEqualTo(404);
	}

	private HttpResponse<String> get(String address) throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + URI.create(address).getPath()))
				.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static String online(String reader) throws Exception {
		return link(reader, "Read online");
	}

	private static String shared(String reader) throws Exception {
		return link(reader, "Share this edition");
	}

	private static String link(String reader, String words) throws Exception {
		MimeMultipart parts = (MimeMultipart) TestRelay.get().to(reader).get(0).getContent();
		String text = (String) parts.getBodyPart(0).getContent();
		return text.lines()
			.filter((line) -> line.startsWith(words + ": "))
			.findFirst()
			.orElseThrow(() -> new AssertionError(words + " is not in " + text))
			.substring(words.length() + 2);
	}

	@Test
	void theEditorsHandIsInEveryVariant() throws Exception {
		String sport = reader("Sport");
		String food = reader("Food");
		Edition edition = open();
		this.composer.compose(edition.id(), this.newsletter);
		this.composer.add(edition.id(), id(POLITICS.get(6)));
		this.composer.add(edition.id(), id(SPORT.get(0)));
		this.composer.pin(edition.id(), id(SPORT.get(0)), false);
		this.composer.rewrite(edition.id(), id(SPORT.get(0)), "Our rowers are first", null);
		this.composer.drop(edition.id(), id(SPORT.get(1)));
		this.composer.describe(edition.id(), "What the north agreed on", "And the rest", "Good morning.");
		this.stories.ban(this.newsletter.id(), id(FOOD.get(1)), "ann@news.example");
		this.editions.approve(edition.id(), "ann@news.example");

		send(1);

		assertThat(headlines(sport)).containsExactlyInAnyOrder("Our rowers are first", SPORT.get(2), POLITICS.get(6));
		assertThat(headlines(food)).containsExactlyInAnyOrder(FOOD.get(0), POLITICS.get(6));
		assertThat(TestRelay.get().to(food).get(0).getSubject()).as("the lead it tells is not in it")
			.isEqualTo(headlines(food).get(0));
		assertThat(html(food)).contains("Good morning.");
	}

	@Test
	void languageAndDesignMakeVariantsOfTheirOwnAndOnlyThoseThatSomebodyGets() throws Exception {
		String german = reader(null);
		look(german, "de", null);
		String germanSport = reader("Sport");
		look(germanSport, "de", null);
		String germanSportToo = reader("sport");
		look(germanSportToo, "de", null);
		String list = reader(null);
		look(list, null, "list");
		String listToo = reader(null);
		look(listToo, "en", "list");
		String paused = reader(null);
		look(paused, "fr", null);
		this.jdbc.sql("""
				UPDATE subscription SET paused_until = '2099-01-01'
				WHERE subscriber_id = (SELECT id FROM subscriber WHERE email = ?)
				""").param(paused).update();
		assertThat(send(1).status()).isEqualTo("COMPLETED");
		Edition edition = edition(1);
		List<EditionVariants.Cost> costs = this.settled.costs(edition.id());
		assertThat(costs).extracting((cost) -> cost.language() + " " + cost.design() + " " + cost.selection())
			.containsExactlyInAnyOrder("de front-page 1", "de front-page 2", "en list 1");
		assertThat(costs).allSatisfy((cost) -> {
			assertThat(cost.renderTime()).isPositive();
			Variant rendered = this.renderer.variant(edition.id(), cost.variant()).orElseThrow();
			assertThat(cost.bytes()).isEqualTo(rendered.letter().html().getBytes(StandardCharsets.UTF_8).length
					+ rendered.letter().text().getBytes(StandardCharsets.UTF_8).length);
		});
		assertThat(rendered(edition)).as("nobody gets the edition as it is: the web copy, and these").isEqualTo(4);
		assertThat(variant(germanSport)).isEqualTo(variant(germanSportToo)).isNotEqualTo(variant(german));
		assertThat(variant(list)).isEqualTo(variant(listToo));
		assertThat(Jsoup.parse(html(german)).select("html").attr("lang")).isEqualTo("de");
		assertThat(html(german)).contains("Abmelden").doesNotContain("Unsubscribe");
		assertThat(html(list)).contains("Unsubscribe").isNotEqualTo(html(german));
		assertThat(headlines(germanSport)).containsExactlyInAnyOrderElementsOf(SPORT);
	}

	@Test
	void aLanguageOrDesignThatThereIsNotIsTheNewslettersOwn() throws Exception {
		String all = reader(null);
		String odd = reader(null);
		look(odd, "tlh", "withdrawn");
		assertThat(send(1).status()).isEqualTo("COMPLETED");
		assertThat(variant(odd)).isEqualTo(variant(all)).isEqualTo(TopicVariants.EDITION);
		assertThat(rendered(edition(1))).isEqualTo(2);
	}

	@Test
	void choicesThatLeadToTheSameStoriesShareAVariant() {
		reader("Sport");
		Edition edition = sending();
		Topics sport = Topics.of("Sport");
		Topics more = Topics.of("Sport,Chess");
		Topics none = Topics.of("Chess");
		Map<Topics, Integer> chosen = this.variants.choose(edition.id(), List.of(sport, more, none, Topics.ALL));
		assertThat(chosen.get(more)).isEqualTo(chosen.get(sport)).isGreaterThan(TopicVariants.EDITION);
		assertThat(chosen).containsEntry(none, TopicVariants.NOTHING).containsEntry(Topics.ALL, TopicVariants.EDITION);
		assertThat(this.variants.choose(edition.id(), List.of(Topics.of("Politics,Sport,Food"))))
			.as("all that the edition has to choose from")
			.containsValue(TopicVariants.EDITION);
	}

	@Test
	void whatWasPickedStaysThoughTheStepIsDoneAgain() throws Exception {
		String sport = reader("Sport");
		String late = reader("Food");
		Edition edition = sending();
		this.variants.choose(edition.id(), List.of(Topics.of("Sport")));
		// The process died here, and this came in before it was back.
		publish("Sport", List.of("Chess boxers meet in the town hall"), 0);
		for (int i = 0; i < 2; i++) {
			this.audience.freeze(Audience.Frozen.of(edition), 1000, this.clock.instant());
		}
		assertThat(ledger(edition)).isEqualTo(2);
		send(1);
		assertThat(headlines(sport)).containsExactlyInAnyOrderElementsOf(SPORT);
		assertThat(headlines(late)).containsExactlyInAnyOrderElementsOf(FOOD);
		assertThat(rendered(edition)).as("the web copy and the two that somebody gets").isEqualTo(3);
	}

	@Test
	void nobodyGetsAStoryTwice() throws Exception {
		String sport = reader("Sport");
		String all = reader(null);
		send(1);
		publish("Sport", List.of("Chess boxers meet in the town hall"), 0);
		this.clock.advance(Duration.ofHours(1));
		send(2);
		assertThat(TestRelay.get().to(sport)).hasSize(2);
		assertThat(headlines(sport, 1)).containsExactly("Chess boxers meet in the town hall");
		assertThat(headlines(all, 1)).doesNotContainAnyElementsOf(headlines(all, 0)).doesNotContainAnyElementsOf(SPORT);
	}

	private void publish(String section, List<String> headlines, int hours) {
		Instant at = this.clock.instant().minus(Duration.ofHours(hours));
		for (int i = 0; i < headlines.size(); i++) {
			String url = "https://news.example/" + section + "/" + this.date + "/" + headlines.get(i).hashCode();
			this.writer.write(
					List.of(new IncomingStory(url, headlines.get(i), "", "", section, List.of(), null, StoryKind.NEWS,
							"en", null, null, List.of(), at.minus(Duration.ofMinutes(i + 1)), null, false, null)),
					null);
			this.ids.put(headlines.get(i), this.stories.findByUrl(url).orElseThrow().id());
		}
	}

	private long id(String headline) {
		return this.ids.get(headline);
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

	private void look(String reader, String language, String design) {
		this.jdbc.sql("""
				UPDATE subscription SET language = :language, design = :design
				WHERE subscriber_id = (SELECT id FROM subscriber WHERE email = :email)
				""").param("language", language).param("design", design).param("email", reader).update();
	}

	private Edition open() {
		return this.editions.open(this.newsletter, this.date, 1, this.clock.instant());
	}

	private Edition sending() {
		Edition edition = open();
		this.composer.compose(edition.id(), this.newsletter);
		this.editions.approve(edition.id(), "test");
		return this.editions.changeStatus(edition.id(), EditionStatus.SENDING, null);
	}

	private Run send(int number) {
		long run = this.digests.send(this.newsletter.slug(), this.date, number, "test");
		return await().atMost(Duration.ofSeconds(30))
			.until(() -> this.runs.find(run).orElseThrow(), (found) -> !found.isRunning());
	}

	private Edition edition(int number) {
		return this.editions.find(this.newsletter.id(), this.date, number).orElseThrow();
	}

	private List<String> headlines(String reader) throws Exception {
		return headlines(reader, 0);
	}

	private List<String> headlines(String reader, int nth) throws Exception {
		return Jsoup.parse(html(reader, nth)).select("h2").eachText();
	}

	private String html(String reader) throws Exception {
		return html(reader, 0);
	}

	private String html(String reader, int nth) throws Exception {
		Multipart parts = (Multipart) TestRelay.get().to(reader).get(nth).getContent();
		return (String) parts.getBodyPart(1).getContent();
	}

	private int variant(String reader) {
		return this.jdbc.sql("""
				SELECT d.variant FROM delivery d JOIN subscriber s ON s.id = d.subscriber_id WHERE s.email = ?
				""").param(reader).query(Integer.class).single();
	}

	private int rendered(Edition edition) {
		return this.jdbc.sql("SELECT COUNT(*) FROM variant WHERE edition_id = ?")
			.param(edition.id())
			.query(Integer.class)
			.single();
	}

	private int ledger(Edition edition) {
		return this.jdbc.sql("SELECT COUNT(*) FROM delivery WHERE edition_id = ?")
			.param(edition.id())
			.query(Integer.class)
			.single();
	}

}
