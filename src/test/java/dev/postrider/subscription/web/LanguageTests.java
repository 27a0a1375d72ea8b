package dev.postrider.subscription.web;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;

import dev.postrider.subscription.ReaderLinks;
import dev.postrider.testing.PostriderTest;
import jakarta.mail.internet.MimeMessage;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * In which language a reader is written to.
 */
@PostriderTest
class LanguageTests {

	private static final String ARABIC = "\\p{IsArabic}";

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private ReaderLinks links;

	private ReaderSite site;

	@BeforeEach
	void open() {
		this.site = new ReaderSite(this.port);
	}

	@ParameterizedTest
	@DisplayName("the address asks first, then the newsletter is heard, then the browser")
	@CsvSource({ "/, '', en", "/, de, en", "/?lang=ar, de, ar", "/?lang=ar-EG, '', ar", "/?lang=xx, '', en",
			"/embed/highlights?lang=de, '', de", "/editions, '', en", "'/editions', 'sv, ar;q=0.5, de;q=0.4', ar",
			"/editions?lang=de, ar, de", "/editions/highlights, ar, en", "/preferences, de-AT, de",
			"/confirm/nonsense, ar, ar", "/?newsletter=unheard-of, de, de", "/no/such/page, ar, ar",
			"/editions/highlights/1999-01-01, de, de" })
	void pagesHaveALanguage(String path, String browser, String language) {
		HttpResponse<String> answer = get(path, browser);
		Document page = Jsoup.parse(answer.body());
		assertThat(page.select("html").attr("lang")).isEqualTo(language);
		assertThat(page.select("html").attr("dir")).isEqualTo(language.equals("ar") ? "rtl" : "ltr");
		assertThat(answer.headers().firstValue("Content-Language")).hasValue(language);
	}

	@Test
	void sharedPagesLeadToTheOtherLanguages() {
		for (String path : new String[] { "/?newsletter=highlights", "/editions", "/preferences",
				"/editions/highlights" }) {
			Document page = Jsoup.parse(this.site.get(path).body(), this.site.url(path));
			assertThat(page.select("[aria-current=true]").text()).isEqualTo("English");
			Element link = page.select("a[hreflang=ar]").first();
			assertThat(link).isNotNull();
			assertThat(link.text()).isEqualTo("العربية");
			String arabic = this.site.get(link.attr("href")).body();
			assertThat(arabic).contains("<html lang=\"ar\" dir=\"rtl\">");
			assertThat(Jsoup.parse(arabic).select("a[href^=/]:not([hreflang]):not([href*=.xml])"))
				.as("what it leads to is Arabic too")
				.allMatch((each) -> each.attr("href").matches(".*[?&]lang=ar|/editions/[a-z0-9-]+/[0-9-]+"));
		}
	}

	@Test
	@DisplayName("C4: who signs up in Arabic agrees to Arabic words, and is written to in Arabic from then on")
	void arabicFromSignUpToLeaving() throws Exception {
		String email = ReaderSite.someAddress();
		Document form = Jsoup.parse(this.site.get("/?lang=ar").body());
		String wording = form.select("input[name=consent] + span").text();
		assertThat(wording).containsPattern(ARABIC);
		HttpResponse<String> sent = this.site.post("/subscribe", "lang", form.select("input[name=lang]").val(), "email",
				email, "consent", "true");
		assertThat(sent.body()).contains("72 ساعة").contains("<bdi>" + email + "</bdi>");

		MimeMessage mail = ReaderSite.awaitMail(email, 1);
		assertThat(mail.getSubject()).isEqualTo("أكّد عنوانك لاستلام News highlights");
		assertThat(ReaderSite.text(mail)).contains("الاثنين والأربعاء والجمعة", "72 ساعة")
			.doesNotContain("Somebody", "link", "Monday");
		Document html = Jsoup.parse(ReaderSite.html(mail));
		assertThat(html.select("html[lang=ar][dir=rtl]")).hasSize(1);
		assertThat(html.select("[style*=direction:ltr]")).isEmpty();
		assertThat(html.text()).contains("تأكيد عنواني").doesNotContain("Somebody", "Confirm", "Monday");

		Map<String, Object> stored = this.jdbc.sql("""
				SELECT s.language, c.wording, c.wording_version FROM subscriber r
				JOIN subscription s ON s.subscriber_id = r.id JOIN consent c ON c.subscriber_id = r.id
				WHERE r.email_key = ? AND c.action = 'SIGNED_UP'
				""").param(email).query().singleRow();
		assertThat(stored).containsEntry("language", "ar")
			.containsEntry("wording", wording)
			.containsEntry("wording_version", "sign-up-1-ar");

		String link = ReaderSite.link(mail);
		assertArabic(this.site.get(link).body());
		String thanks = this.site.post(link).body();
		assertArabic(thanks);
		String preferences = URI.create(Jsoup.parse(thanks).select("a[href*=/preferences/]").attr("href")).getPath();
		assertArabic(this.site.get(preferences).body());
		Document pause = assertArabic(
				this.site.post(preferences, "newsletter", "highlights", "action", "pause", "until", "2020-01-01")
					.body());
		assertThat(pause.select(".error").text()).containsPattern(ARABIC);
		Document data = assertArabic(this.site.post(preferences, "action", "show").body());
		assertThat(data.select("dt, h2")).hasSizeGreaterThan(15)
			.allSatisfy((each) -> assertThat(each.text()).containsPattern(ARABIC));
		String unsubscribe = unsubscribe(email);
		assertArabic(this.site.get(unsubscribe).body());
		Document left = assertArabic(this.site.post(unsubscribe, "action", "leave").body());
		assertThat(left.select("label.check")).hasSize(6)
			.allSatisfy((each) -> assertThat(each.text()).containsPattern(ARABIC));
		assertArabic(this.site.post(preferences, "action", "erase").body());
		assertArabic(this.site.post(preferences, "action", "erase", "sure", "true").body());
		assertThat(Jsoup.parse(this.site.get(unsubscribe + "?lang=de").body()).select("h1").text())
			.isEqualTo("Sie sind nicht angemeldet");
	}

	@Test
	void whoSignsUpInTheNewslettersLanguageHasMadeNoChoice() {
		String email = ReaderSite.someAddress();
		this.site.post("/subscribe", "lang", "en", "email", email, "consent", "true");
		ReaderSite.awaitMail(email, 1);
		assertThat(language(email)).isEqualTo("-");
	}

	@Test
	void aProgramSaysInWhichLanguageItAsked() {
		String email = ReaderSite.someAddress();
		HttpResponse<String> answer = this.site.postJson("/api/v1/subscriptions", """
				{"email": "%s", "consent": true, "language": "de-AT"}""".formatted(email));
		assertThat(answer.statusCode()).isEqualTo(202);
		ReaderSite.awaitMail(email, 1);
		assertThat(ReaderSite.subjects(email)).containsExactly("Bestätigen Sie Ihre Adresse für News highlights");
		assertThat(language(email)).isEqualTo("de");
		assertThat(this.site.postJson("/api/v1/subscriptions", """
				{"email": "nobody", "consent": true, "language": "de"}""").body()).contains("Enter one address");
	}

	@Test
	void whatIsWrongIsSaidInThePagesLanguage() {
		Document page = Jsoup.parse(this.site
			.post("/subscribe", "lang", "ar", "email", "<b>", "name", "x".repeat(121), "days", "SUN", "topics", "<i>")
			.body());
		assertThat(page.select(".error")).hasSize(4)
			.allSatisfy(
					(each) -> assertThat(bare(each)).containsPattern(ARABIC).doesNotContainPattern("[a-z]{3} [a-z]"));
		assertThat(page.select("p.error#email-error").text()).contains("\u2068<\u2069");
	}

	private Document assertArabic(String html) {
		Document page = Jsoup.parse(html);
		assertThat(page.select("html[lang=ar][dir=rtl]")).as(html).hasSize(1);
		assertThat(page.select("h1").text()).containsPattern(ARABIC);
		// What is not ours to say stands apart, or is an example.
		page.select("bdi, option, input, .masthead, title, [id^=w-]").remove();
		assertThat(bare(page.body()).replace("News highlights", "")).doesNotContainPattern("[A-Za-z]{3,}");
		return page;
	}

	/** Without what was filled in. */
	private static String bare(Element element) {
		return element.text().replaceAll("[\u2068][^\u2069]*[\u2069]", "");
	}

	private HttpResponse<String> get(String path, String browser) {
		return browser.isEmpty() ? this.site.get(path)
				: this.site.send("GET", path, null, "", "Accept-Language", browser);
	}

	private String language(String email) {
		return this.jdbc.sql("""
				SELECT COALESCE(s.language, '-') FROM subscriber r JOIN subscription s ON s.subscriber_id = r.id
				WHERE r.email_key = ?
				""").param(email).query(String.class).single();
	}

	private String unsubscribe(String email) {
		return this.jdbc.sql("""
				SELECT r.id, s.newsletter_id FROM subscriber r JOIN subscription s ON s.subscriber_id = r.id
				WHERE r.email_key = ?
				""")
			.param(email)
			.query((row, index) -> URI.create(this.links.unsubscribe(row.getLong(1), row.getLong(2))).getPath())
			.single();
	}

}
