package dev.postrider.edition;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.postrider.mail.Letter;
import dev.postrider.mail.MessageTemplate;
import dev.postrider.mail.ReaderField;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.story.StoryKind;
import dev.postrider.testing.PostriderTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@PostriderTest
class EditionRendererTests {

	private static final Pattern TOKEN = Pattern.compile("\uE000([A-Za-z]*)\uE001");

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

	private SampleNewsroom newsroom;

	@BeforeEach
	void newsroom() {
		this.newsroom = new SampleNewsroom(this.jdbc, this.newsletters);
	}

	@Test
	void readersFieldsSurviveAsTokensInBothParts() {
		this.newsroom.stories(3);
		Letter mail = mail(edition());
		assertThat(tokens(mail.html())).contains("email", "unsubscribeUrl", "preferencesUrl");
		assertThat(tokens(mail.text())).isEqualTo(tokens(mail.html()));
		Document html = Jsoup.parse(mail.html());
		assertThat(html.select("a:contains(Unsubscribe)").attr("href")).isEqualTo(ReaderField.UNSUBSCRIBE_URL.token());
		// And the message that is sent takes them.
		Map<ReaderField, String> reader = Map.of(ReaderField.EMAIL, "ada&co@example.org", ReaderField.UNSUBSCRIBE_URL,
				"https://news.example/unsubscribe/u", ReaderField.PREFERENCES_URL, "https://news.example/preferences/p",
				ReaderField.ONLINE_URL, "https://news.example/editions/e", ReaderField.SHARE_URL,
				"https://news.example/editions/e");
		assertThat(new String(new MessageTemplate(List.of(), mail).copy(List.of(), reader), StandardCharsets.US_ASCII))
			.doesNotContain("=EE=80=80");
	}

	@Test
	void theWebCopyHasNobodysLinks() {
		this.newsroom.stories(3);
		Edition edition = edition();
		this.renderer.render(edition, this.newsroom.newsletter());
		Letter web = this.renderer.webCopy(edition.id()).orElseThrow();
		assertThat(tokens(web.html() + web.text())).isEmpty();
		assertThat(web.html() + web.text()).doesNotContainIgnoringCase("unsubscribe");
		assertThat(Jsoup.parse(web.html()).select("a[href^=https://news.example/?newsletter=sample-]")).isNotEmpty();
	}

	@Test
	void renderingAgainReplacesWhatWasKept() {
		long[] ids = this.newsroom.stories(3);
		Edition edition = edition();
		this.renderer.render(edition, this.newsroom.newsletter());
		Edition rewritten = this.composer.rewrite(edition.id(), ids[0], "Quite another headline", null);
		this.renderer.render(rewritten, this.newsroom.newsletter());
		assertThat(this.renderer.variants(edition.id())).singleElement().satisfies((variant) -> {
			assertThat(variant.variant()).isEqualTo(1);
			assertThat(variant.letter().subject()).isEqualTo("Quite another headline");
			assertThat(variant.letter().html()).contains("Quite another headline")
				.doesNotContain(SampleNewsroom.headline(1));
		});
		assertThat(this.renderer.webCopy(edition.id()).orElseThrow().text()).contains("Quite another headline");
	}

	@Test
	void variantsAreReadOneByOne() {
		this.newsroom.stories(1);
		Edition edition = edition();
		this.renderer.render(edition, this.newsroom.newsletter());
		this.jdbc.sql("""
				INSERT INTO variant (edition_id, variant, choices, selection, language, design, subject, html, text,
				  rendered_at, render_micros, bytes)
				SELECT edition_id, variant + 1, choices, selection, 'de', design, subject, html, text, rendered_at,
				  render_micros, bytes
				FROM variant WHERE edition_id = ? AND variant = 1
				""").param(edition.id()).update();
		assertThat(this.renderer.variants(edition.id())).extracting(EditionRenderer.Variant::variant)
			.containsExactly(1, 2);
		Iterator<EditionRenderer.Variant> variants = this.renderer.variants(edition.id()).iterator();
		assertThat(variants.next().variant()).isEqualTo(1);
		this.jdbc.sql("DELETE FROM variant WHERE edition_id = ? AND variant = 2").param(edition.id()).update();
		assertThat(variants.hasNext()).as("the second was not read with the first").isFalse();
	}

	@Test
	void thePreviewIsFilledAndNotKept() {
		this.newsroom.stories(2);
		Edition edition = edition();
		Letter preview = this.renderer.preview(edition, this.newsroom.newsletter());
		assertThat(tokens(preview.html() + preview.text())).isEmpty();
		assertThat(preview.html()).contains("reader@example.com").contains("https://news.example/unsubscribe/example");
		assertThat(preview.text()).contains("https://news.example/unsubscribe/example");
		assertThat(this.renderer.variants(edition.id())).isEmpty();
	}

	@Test
	@DisplayName("H9, F9: hostile stories stay text in every part")
	void hostileStoriesStayText() {
		List<String> hostile = List.of("<script>alert(1)</script> & \"quotes\" 'n' more", "Storm\r\nBcc: x@y.example",
				"${7*7} <#assign x=1> ${subject}", "</mj-text></mj-column><mj-raw><b>out</b></mj-raw>",
				"\" onmouseover=\"alert(1)", "&lt;img src=x onerror=alert(1)&gt;", "]]> --> <!-- <![endif]-->",
				"\uE000unsubscribeUrl\uE001", "العاصفة فوق الميناء", "港口上空的風暴", "🌊".repeat(40), "W".repeat(300));
		for (String headline : hostile) {
			long id = this.newsroom.story(headline, headline, headline.substring(0, Math.min(90, headline.length())),
					StoryKind.PODCAST);
			this.newsroom.set(id, "author", headline.substring(0, Math.min(150, headline.length())));
			this.newsroom.set(id, "image_url", "https://news.example/\"><script>alert(1)</script>.png");
			this.newsroom.set(id, "image_alt", headline);
			this.newsroom.set(id, "image_credit", headline.substring(0, Math.min(150, headline.length())));
		}
		long script = this.newsroom.story("A link that runs");
		this.newsroom.set(script, "url", "javascript:alert(1)");
		this.newsroom.set(script, "audio_url", "data:text/html,<script>alert(1)</script>");
		Edition edition = this.editions.open(this.newsroom.newsletter(), this.newsroom.date(), 1, this.newsroom.due());
		for (long id : storiesOfTheTest()) {
			edition = this.composer.add(edition.id(), id);
		}
		for (int lead = 0; lead < edition.picks().size(); lead++) {
			List<Long> order = new java.util.ArrayList<>(
					edition.picks().stream().map((pick) -> pick.story().id()).toList());
			order.add(0, order.remove(lead));
			edition = this.composer.reorder(edition.id(), order);
			check(edition);
		}
	}

	private void check(Edition edition) {
		Letter mail = mail(edition);
		Document html = Jsoup.parse(mail.html());
		assertThat(html.select("script, iframe, form, b, mj-raw, mj-text")).isEmpty();
		assertThat(html.select("[onmouseover], [onerror]")).isEmpty();
		assertThat(html.select("[href^=javascript], [src^=javascript], [href^=data]")).isEmpty();
		assertThat(mail.subject()).doesNotContainPattern("[\\p{Cc}\\p{Co}]");
		assertThat(mail.text()).doesNotContainPattern("(?m)^Bcc:").doesNotContain("\r");
		assertThat(html.select("h2").eachText()).hasSize(edition.picks().size())
			.containsAll(edition.picks().stream().map((pick) -> Lines.clean(pick.headline())).toList());
		edition.picks().forEach((pick) -> assertThat(mail.text()).contains(Lines.clean(pick.headline())));
		assertThat(ReaderField.BUILT_IN).extracting(ReaderField::key).containsAll(tokens(mail.html()));
	}

	@Test
	@DisplayName("H1, H2, H3, H5, H6, H7, H8, C1, L17, F9: the letter keeps the rules")
	void theLetterKeepsTheRules() {
		long lead = this.newsroom.story("Harbour reopens", "The first ferries left at dawn.", "Local", StoryKind.NEWS);
		image(lead, "Ferries leaving");
		long podcast = this.newsroom.story("Low water", "Four centuries of lost things.", "Podcasts",
				StoryKind.PODCAST);
		this.newsroom.set(podcast, "audio_url", "https://news.example/audio.mp3");
		this.newsroom.set(podcast, "audio_seconds", 2040);
		image(this.newsroom.story("Rents rose again", "Not the brake.", "City", StoryKind.OPINION), "");
		Edition edition = edition();
		Letter mail = mail(edition);
		Newsletter newsletter = this.newsroom.newsletter();
		Document html = Jsoup.parse(mail.html());
		assertThat(html.selectFirst("html").attr("lang")).isEqualTo("en");
		assertThat(html.select("body > div[lang=en][dir=ltr]")).hasSize(1);
		assertThat(html.select("table:not([role=presentation])")).isEmpty();
		assertThat(html.select("h1").eachText()).containsExactly(newsletter.name());
		assertThat(html.select("h2").eachText()).containsExactly("Harbour reopens", "Rents rose again", "Low water");
		assertThat(html.select("img")).hasSize(2).allSatisfy((image) -> {
			assertThat(image.hasAttr("alt")).isTrue();
			assertThat(image.attr("width")).isNotEmpty();
			assertThat(image.attr("height")).isNotEmpty();
		});
		assertThat(html.select("a"))
			.allSatisfy((link) -> assertThat(link.text() + link.select("img").attr("alt")).isNotBlank());
		assertThat(html.select("meta[name=color-scheme]").attr("content")).isEqualTo("light dark");
		assertThat(html.select("meta[name=supported-color-schemes]")).hasSize(1);
		assertThat(mail.html()).contains("prefers-color-scheme: dark");
		assertThat(mail.html().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(100_000);
		Element first = html.body().child(0);
		assertThat(first.attr("style")).contains("display:none").contains("max-height:0").contains("overflow:hidden");
		assertThat(first.text()).startsWith(edition.preheader()).isNotEqualTo(mail.subject());
		assertThat(html.select("script, form, iframe, svg, link[rel=stylesheet], [src^=data]")).isEmpty();
		assertThat(html.select("style"))
			.allSatisfy((style) -> assertThat(style.data()).hasSizeLessThan(16_000).doesNotContain("@import"));
		for (String part : List.of(html.text(), mail.text())) {
			assertThat(part).contains(newsletter.postalAddress())
				.contains("Podcast · 34 min")
				.contains("Opinion")
				.contains("Photo: Tomas Vell")
				.contains("Monday")
				.contains("Unsubscribe");
		}
		html.select("a[href]").eachAttr("href").forEach((href) -> assertThat(mail.text()).contains(href));
	}

	@Test
	void whatStandsAroundAnArticleSurvives() {
		long lead = this.newsroom.story("Harbour reopens", "The first ferries left at dawn.", "Local", StoryKind.NEWS);
		this.newsroom.set(lead, "tags", "News,Ferries,local,ferries,Storm,Trade,Weather");
		this.newsroom.set(lead, "author", "Ines Maartens");
		this.newsroom.set(lead, "audio_url", "https://news.example/lead.mp3");
		this.newsroom.set(lead, "audio_seconds", 3900);
		image(lead, "Ferries leaving");
		this.newsroom.relate(lead, "https://news.example/map", "Map: who sails & when");
		this.newsroom.relate(lead, "javascript:alert(1)", "Nothing to click");
		long second = this.newsroom.story("Quite other news", "The library opens on Sundays.", "City", StoryKind.NEWS);
		this.newsroom.set(second, "tags", "Books");
		this.newsroom.relate(second, "https://news.example/hours", "All opening hours");
		image(second, "A hall");
		this.newsroom.set(second, "image_not_for_email", true);
		Edition edition = edition();
		this.renderer.render(edition, this.newsroom.newsletter());
		Letter mail = this.renderer.variant(edition.id(), 1).orElseThrow().letter();
		Letter web = this.renderer.webCopy(edition.id()).orElseThrow();
		for (Letter letter : List.of(mail, web)) {
			Document html = Jsoup.parse(letter.html());
			assertThat(html.select("a[href=https://news.example/map]").text()).isEqualTo("Map: who sails & when");
			assertThat(html.select("img")).hasSize(1);
			for (String part : List.of(html.text(), letter.text())) {
				assertThat(part).contains("Local", "City")
					.contains("Tags: Ferries, Storm, Trade")
					.contains("Tags: Books")
					.contains("Photo: Tomas Vell")
					.contains("Ines Maartens")
					.contains("Listen (1 h 5 min)")
					.contains("Read more: Map: who sails & when")
					.contains("Read more: All opening hours")
					.doesNotContain("Nothing to click")
					.doesNotContain("Weather");
			}
			assertThat(letter.text()).contains("https://news.example/map");
		}
	}

	@Test
	void otherStoriesOfTheSameEventAreLinked() {
		long lead = this.newsroom.story("Storm closes the harbour for a second day",
				"Ferries stay in port, and forty boats are missing off the coast.", "Local", StoryKind.NEWS);
		long other = this.newsroom.story("Storm closes harbour for a second day",
				"Ferries stay in port and forty boats are missing off the coast.", "Region", StoryKind.NEWS);
		Edition edition = edition();
		assertThat(edition.picks()).singleElement().satisfies((pick) -> assertThat(pick.also()).hasSize(1));
		Letter mail = mail(edition);
		long linked = edition.picks().get(0).also().get(0).id();
		assertThat(Set.of(lead, other)).contains(linked);
		String headline = edition.picks().get(0).also().get(0).headline();
		assertThat(mail.text()).contains("Also: " + headline);
		assertThat(Jsoup.parse(mail.html()).text()).contains("Also: " + headline);
	}

	@Test
	@DisplayName("H1: a letter in Arabic runs from right to left")
	void rightToLeft() {
		this.jdbc.sql("UPDATE newsletter SET language = 'ar' WHERE id = :id")
			.param("id", this.newsroom.newsletter().id())
			.update();
		Newsletter arabic = this.newsletters.find(this.newsroom.newsletter().slug()).orElseThrow();
		image(this.newsroom.story("العاصفة"), "ميناء");
		Document html = Jsoup.parse(this.renderer.preview(edition(), arabic).html());
		assertThat(html.select("html[lang=ar][dir=rtl]")).hasSize(1);
		assertThat(html.select("div[lang=ar][dir=rtl]")).hasSize(1);
	}

	private void image(long story, String alt) {
		this.newsroom.picture(story, "https://news.example/picture.jpg");
		this.newsroom.set(story, "image_alt", alt);
		this.newsroom.set(story, "image_credit", "Tomas Vell");
		this.newsroom.set(story, "image_width", 1200);
		this.newsroom.set(story, "image_height", 675);
	}

	private Edition edition() {
		Edition edition = this.editions.open(this.newsroom.newsletter(), this.newsroom.date(), 1, this.newsroom.due());
		return this.composer.compose(edition.id(), this.newsroom.newsletter());
	}

	private Letter mail(Edition edition) {
		this.renderer.render(edition, this.newsroom.newsletter());
		return this.renderer.variant(edition.id(), 1).orElseThrow().letter();
	}

	private List<Long> storiesOfTheTest() {
		return this.jdbc.sql("SELECT id FROM story WHERE published_at BETWEEN :from AND :to ORDER BY published_at DESC")
			.param("from", this.newsroom.due().minusSeconds(90_000))
			.param("to", this.newsroom.due())
			.query(Long.class)
			.list();
	}

	private static Set<String> tokens(String body) {
		Set<String> found = new TreeSet<>();
		Matcher token = TOKEN.matcher(body);
		while (token.find()) {
			found.add(token.group(1));
		}
		return found;
	}

}
