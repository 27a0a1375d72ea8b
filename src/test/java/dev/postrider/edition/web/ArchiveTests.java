package dev.postrider.edition.web;

import java.net.http.HttpClient;
import java.util.List;

import com.microsoft.playwright.Page;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionComposer;
import dev.postrider.edition.EditionRenderer;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.edition.SampleNewsroom;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.testing.Browser;
import dev.postrider.testing.PostriderTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@PostriderTest
class ArchiveTests {

	@LocalServerPort
	private int port;

	@Autowired
	private Editions editions;

	@Autowired
	private EditionComposer composer;

	@Autowired
	private EditionRenderer renderer;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private JdbcClient jdbc;

	private RestTestClient http;

	private SampleNewsroom newsroom;

	private String slug;

	@BeforeEach
	void newsroom() {
		this.newsroom = new SampleNewsroom(this.jdbc, this.newsletters);
		this.slug = this.newsroom.newsletter().slug();
		HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
		this.http = RestTestClient.bindToServer(new JdkClientHttpRequestFactory(client))
			.baseUrl("http://localhost:" + this.port)
			.build();
	}

	@Test
	void onlyEditionsThatWentOutAreShown() {
		this.newsroom.stories(9);
		Edition draft = rendered(1);
		this.http.get().uri(address(draft)).exchange().expectStatus().isNotFound();
		this.editions.approve(draft.id(), "schedule");
		this.http.get().uri(address(draft)).exchange().expectStatus().isNotFound();
		this.editions.changeStatus(draft.id(), EditionStatus.SENDING, null);
		this.http.get().uri(address(draft)).exchange().expectStatus().isOk();
		this.editions.changeStatus(draft.id(), EditionStatus.SENT, null);
		Document page = page(address(draft));
		assertThat(page.select("h1").text()).isEqualTo(this.newsroom.newsletter().name());
		assertThat(page.select("h2")).hasSize(draft.picks().size());
		assertThat(page.select("a[href^=https://news.example/?newsletter=sample-]")).isNotEmpty();
		assertThat(page.html()).doesNotContainPattern("(?i)unsubscribe|preferences|[\uE000\uE001]");
	}

	@Test
	void whoHasTheMailCanReadItOnlineWhateverBecameOfTheEdition() {
		for (EditionStatus end : List.of(EditionStatus.HELD, EditionStatus.FAILED, EditionStatus.CANCELLED)) {
			this.newsroom.stories(4);
			Edition edition = rendered(end.ordinal() + 1);
			this.editions.approve(edition.id(), "schedule");
			this.editions.changeStatus(edition.id(), EditionStatus.SENDING, null);
			this.editions.changeStatus(edition.id(), end, "The relay refuses our sender");
			this.http.get().uri(address(edition)).exchange().expectStatus().isOk();
			assertThat(page("/editions/" + this.slug).select("article a").eachAttr("href")).as(end.name())
				.contains(address(edition));
		}
		Edition never = rendered(99);
		this.editions.changeStatus(never.id(), EditionStatus.CANCELLED, null);
		this.http.get().uri(address(never)).exchange().expectStatus().isNotFound();
		assertThat(page("/editions/" + this.slug).select("article a").eachAttr("href")).doesNotContain(address(never));
	}

	@Test
	void theWebCopyMayBeStyledButRunsNothing() {
		Edition sent = sent(1);
		EntityExchangeResult<String> answer = get(address(sent));
		assertThat(answer.getResponseHeaders().getFirst("Content-Security-Policy"))
			.contains("default-src 'none'", "style-src 'unsafe-inline'", "frame-ancestors 'none'")
			.doesNotContain("script-src");
		assertThat(answer.getResponseHeaders().get("Content-Security-Policy")).hasSize(1);
		assertThat(answer.getResponseHeaders().getFirst("Content-Type")).isEqualTo("text/html;charset=UTF-8");
		assertThat(answer.getResponseHeaders().getFirst("Cache-Control")).contains("public");
		assertThat(answer.getResponseHeaders().getFirst("Set-Cookie")).isNull();
	}

	@Test
	void listsEditionsNewestFirstAndLeafsBack() {
		sent(1);
		sent(2);
		Document page = page("/editions/" + this.slug);
		String date = this.newsroom.date().toString();
		assertThat(page.select("article a").eachAttr("href"))
			.containsExactly("/editions/" + this.slug + "/" + date + "-2", "/editions/" + this.slug + "/" + date);
		assertThat(page.select("article time").eachAttr("datetime")).containsOnly(date);
		assertThat(page("/editions/" + this.slug + "?before=" + date + "-2").select("article a").eachAttr("href"))
			.containsExactly("/editions/" + this.slug + "/" + date);
		assertThat(page("/editions").select("a[href=/editions/" + this.slug + "]")).isNotEmpty();
	}

	@Test
	void beforeTheFirstEditionTheArchiveSaysWhatWillBeThere() {
		assertThat(page("/editions/" + this.slug).text()).contains("The first edition will appear here");
	}

	@Test
	void aNumberThatIsNotWrittenLeadsToTheEdition() {
		Edition sent = sent(1);
		this.http.get()
			.uri(address(sent) + "-1")
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.FOUND)
			.expectHeader()
			.location(address(sent));
	}

	@Test
	void whatIsNotThereIsAPageThatSaysSo() {
		for (String address : List.of("/editions/no-such-newsletter", "/editions/no-such-newsletter.xml",
				"/editions/" + this.slug + "/2040-02-31", "/editions/" + this.slug + "/1999-01-01",
				"/editions/" + this.slug + "?before=nonsense")) {
			EntityExchangeResult<String> answer = get(address);
			assertThat(answer.getStatus()).as(address).isEqualTo(HttpStatus.NOT_FOUND);
			assertThat(Jsoup.parse(String.valueOf(answer.getResponseBody())).select("h1").text())
				.isEqualTo("There is no such edition");
		}
	}

	@Test
	void theFeedListsEditionsForFeedReaders() {
		this.newsroom.story("Ships & <boats> \"back\"");
		this.newsroom.stories(3);
		Edition sent = sent(1);
		EntityExchangeResult<String> answer = get("/editions/" + this.slug + ".xml");
		assertThat(answer.getResponseHeaders().getFirst("Content-Type")).isEqualTo("application/rss+xml;charset=UTF-8");
		Document feed = Jsoup.parse(String.valueOf(answer.getResponseBody()), "", Parser.xmlParser());
		assertThat(feed.select("channel > title").text()).isEqualTo(this.newsroom.newsletter().name());
		assertThat(feed.select("item > title").text()).isEqualTo("Ships & <boats> \"back\"");
		assertThat(feed.select("item > link").text()).isEqualTo("https://news.example" + address(sent));
		assertThat(feed.select("item > pubDate").text()).endsWith("GMT");
		assertThat(feed.select("channel > lastBuildDate").text()).isEqualTo(feed.select("item > pubDate").text());
		Document stories = Jsoup.parse(feed.select("item > content|encoded").text());
		assertThat(stories.select("h3 > a[href]")).hasSize(sent.picks().size());
		assertThat(stories.select("h3").first().text()).isEqualTo("Ships & <boats> \"back\"");
	}

	@Test
	void theLatestIsTheNewestThatReadersHave() {
		this.http.get().uri("/editions/" + this.slug + "/latest").exchange().expectStatus().isNotFound();
		Edition sent = sent(1);
		rendered(2);
		this.http.get()
			.uri("/editions/" + this.slug + "/latest")
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.FOUND)
			.expectHeader()
			.location(address(sent));
	}

	@Test
	void pagesSayWhatTheyAreToThoseWhoShareThem() {
		Edition sent = sent(1);
		Document copy = page(address(sent));
		String address = "https://news.example" + address(sent);
		assertThat(copy.select("link[rel=canonical]").attr("href")).isEqualTo(address);
		assertThat(copy.select("meta[property=og:url]").attr("content")).isEqualTo(address);
		assertThat(copy.select("meta[property=og:title]").attr("content")).isEqualTo(sent.subject());
		assertThat(copy.select("meta[property=og:type]").attr("content")).isEqualTo("article");
		Document list = page("/editions/" + this.slug);
		assertThat(list.select("link[rel=canonical]").attr("href"))
			.isEqualTo("https://news.example/editions/" + this.slug);
		assertThat(list.select("link[type=application/rss+xml]").attr("href"))
			.isEqualTo("https://news.example/editions/" + this.slug + ".xml");
		assertThat(list.select("meta[property=og:title]").attr("content"))
			.startsWith(this.newsroom.newsletter().name());
		for (Document each : List.of(copy, list, page("/editions"))) {
			assertThat(each.select("a[href*='?newsletter=" + this.slug + "']")).isNotEmpty();
		}
		// Only the first of its lists is to be found.
		assertThat(list.select("meta[name=robots]")).isEmpty();
		assertThat(
				page("/editions/" + this.slug + "?before=" + sent.label()).select("meta[name=robots]").attr("content"))
			.isEqualTo("noindex");
	}

	@Test
	void searchEnginesFindTheArchive() {
		Edition sent = sent(1);
		Edition draft = rendered(2);
		String robots = String.valueOf(get("/robots.txt").getResponseBody());
		assertThat(robots).contains("Sitemap: https://news.example/sitemap.xml");
		EntityExchangeResult<String> answer = get("/sitemap.xml");
		assertThat(answer.getResponseHeaders().getFirst("Content-Type")).startsWith("application/xml");
		Document sitemap = Jsoup.parse(String.valueOf(answer.getResponseBody()), "", Parser.xmlParser());
		assertThat(sitemap.select("urlset > url > loc").eachText())
			.contains("https://news.example/editions", "https://news.example/editions/" + this.slug,
					"https://news.example/?newsletter=" + this.slug, "https://news.example" + address(sent))
			.doesNotContain("https://news.example" + address(draft));
		assertThat(sitemap.select("url:has(loc:containsOwn(" + address(sent) + ")) > lastmod").text())
			.matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
	}

	@Test
	void pagesAreUsableByAll() {
		sent(1);
		try (Page page = Browser.newPage(Browser.Look.LIGHT)) {
			page.navigate("http://localhost:" + this.port + "/editions/" + this.slug);
			Browser.assertAccessible(page);
			Browser.screenshots(page, "editions");
			page.locator("article a").first().click();
			assertThat(page.title()).isEqualTo(SampleNewsroom.headline(1));
			Browser.assertAccessible(page);
			Browser.screenshots(page, "edition-web-copy");
			page.navigate("http://localhost:" + this.port + "/editions/" + this.slug + "/1999-01-01");
			Browser.assertAccessible(page);
		}
	}

	private Edition rendered(int number) {
		Edition edition = this.editions.open(this.newsroom.newsletter(), this.newsroom.date(), number,
				this.newsroom.due());
		Edition composed = this.composer.compose(edition.id(), this.newsroom.newsletter());
		this.renderer.render(composed, this.newsroom.newsletter());
		return composed;
	}

	private Edition sent(int number) {
		this.newsroom.stories(4);
		Edition edition = rendered(number);
		this.editions.approve(edition.id(), "schedule");
		this.editions.changeStatus(edition.id(), EditionStatus.SENDING, null);
		return this.editions.changeStatus(edition.id(), EditionStatus.SENT, null);
	}

	private String address(Edition edition) {
		return "/editions/" + this.slug + "/" + edition.label();
	}

	private Document page(String address) {
		EntityExchangeResult<String> answer = get(address);
		assertThat(answer.getStatus()).isEqualTo(HttpStatus.OK);
		return Jsoup.parse(String.valueOf(answer.getResponseBody()));
	}

	private EntityExchangeResult<String> get(String address) {
		return this.http.get().uri(address).exchange().expectBody(String.class).returnResult();
	}

}
