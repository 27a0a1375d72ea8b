package dev.postrider.edition.gate;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.postrider.edition.Edition.Pick;
import dev.postrider.edition.GateFinding;
import dev.postrider.edition.GateFinding.Severity;
import dev.postrider.edition.gate.Styles.Theme;
import dev.postrider.mail.Letter;
import dev.postrider.newsletter.Attribute;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.story.Score;
import dev.postrider.story.Story;
import dev.postrider.story.StoryKind;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Each rule on a letter that keeps it, and on the same letter with one thing wrong.
 */
class GateRulesTests {

	private static final GateSettings STRICT = new GateSettings(List.of(), Map.of());

	private static final String UNSUBSCRIBE = "\uE000unsubscribeUrl\uE001";

	private static final String HTML = """
			<!doctype html><html lang="en"><head><title>Harbour reopens</title>
			<meta name="color-scheme" content="light dark"><style>
			/* Quiet { words } */
			@import url("none.css");
			@media only screen and (max-width: 479px) { .ink { color: #fdfcfa !important; } }
			.later:hover { color: #fdfcfa; }
			@media (prefers-color-scheme: dark) { .paper { background: #171614 !important; } .ink, h2 a { color: #ece8e1 !important; }
			  .quiet { color: #aba59a !important; } }
			[data-ogsc] .ink { color: #fdfcfa !important; }
			</style></head><body>
			<div style="display:none;max-height:0">And the ferries sail again&#847;&zwnj;&nbsp;</div>
			<div class="paper" style="background:#fdfcfa"><table role="presentation"><tr><td>
			<h2 class="later"><a class="ink" href="https://news.example/1" style="color:#1c1b19">Harbour reopens</a></h2>
			<a href="https://news.example/1"><img src="https://news.example/1.jpg" alt="Ferries at dawn" width="552"></a>
			<p class="ink" style="color:#1c1b19">The first boats left before five, full to the last place and some of them beyond it.</p>
			<p><a class="ink" href="https://news.example/1" style="color:#1c1b19">Read the story</a></p></td></tr><tr><td>
			<h2><a class="ink" href="https://news.example/2" style="color:#1c1b19">Rents rose again</a></h2>
			<p class="ink" style="color:#1c1b19">Not the brake, says the council, which counts flats and not tenants until spring comes.</p>
			</td></tr></table>
			<p class="quiet" style="color:#5f5b54">The Example, 1 Harbour Street, Exampletown</p>
			<p><a class="ink" href="UNSUBSCRIBE" style="color:#1c1b19">Unsubscribe</a></p></div></body></html>
			"""
		.replace("UNSUBSCRIBE", UNSUBSCRIBE);

	private static final String TEXT = """
			Harbour reopens
			The first boats left before five.
			https://news.example/1

			Rents rose again
			https://news.example/2

			Unsubscribe: UNSUBSCRIBE

			The Example, 1 Harbour Street, Exampletown
			""".replace("UNSUBSCRIBE", UNSUBSCRIBE);

	private String subject = "Harbour reopens";

	private String html = HTML;

	private String text = TEXT;

	private String postalAddress = "The Example, 1 Harbour Street,  Exampletown";

	private List<Pick> picks = List.of(pick(1, "Harbour reopens"), pick(2, "Rents rose again"));

	@Test
	@DisplayName("A letter that keeps all rules has no findings")
	void aGoodLetterPasses() {
		for (GateRule rule : List.of(new SizeRule(), new AltRule(), new ContrastRule(), new EmptyLinkRule(),
				new DuplicateLinkRule(), new HttpsRule(STRICT), new SubjectRule(), new PreheaderRule(),
				new TextPartRule(), new ActiveContentRule(), new SpamRule(STRICT), new PostalAddressRule(),
				new UnsubscribeRule(),
				new FieldsRule((newsletter) -> List.of(new Attribute("memberSince", "Member since", ""))))) {
			assertThat(rule.check(letter())).as(rule.name()).isEmpty();
		}
	}

	@Test
	@DisplayName("size: from 80 KB on a warning, from 100 KB on an error; bytes count, not characters")
	void size() {
		this.html = HTML + "é".repeat((SizeRule.MUCH - 50 - bytes(HTML)) / 2);
		assertThat(new SizeRule().check(letter())).isEmpty();
		this.html += "ééé".repeat(100);
		assertOne(new SizeRule(), Severity.WARNING, "80.", "The HTML part");
		this.html = HTML + "é".repeat(SizeRule.LIMIT / 2);
		assertOne(new SizeRule(), Severity.ERROR, "Gmail cuts mails off", "The HTML part");
	}

	@Test
	@DisplayName("alt: none at all is an error; empty on a large picture and a file's name are warnings")
	void alt() {
		change("alt=\"Ferries at dawn\"", "");
		assertOne(new AltRule(), Severity.ERROR, "no alt text", "Picture of “Harbour reopens”");
		change("Ferries at dawn", " ");
		assertOne(new AltRule(), Severity.WARNING, "Nobody has described it", "Picture of “Harbour reopens”");
		change("Ferries at dawn", "IMG_0815.JPG");
		assertOne(new AltRule(), Severity.WARNING, "a file's name", "Picture of “Harbour reopens”");
		change("alt=\"Ferries at dawn\" width=\"552\"", "alt=\"\" width=\"16\"");
		assertThat(new AltRule().check(letter())).as("a sign is decoration").isEmpty();
	}

	@ParameterizedTest
	@DisplayName("contrast: as WCAG computes it")
	@CsvSource({ "#000000, #ffffff, 21", "#777777, #ffffff, 4.48", "#767676, #fff, 4.54",
			"'rgb(255, 0, 0)', white, 4.0", "white, white, 1", "'rgba(0,0,0,0.5)', #ffffff, 3.95" })
	void contrastByWcag(String ink, String paper, double expected) {
		Colour below = Colour.parse(paper);
		assertThat(Colour.contrast(Colour.parse(ink).over(below), below)).isEqualTo(expected, within(0.05));
	}

	@Test
	@DisplayName("contrast: in the light theme, by style attributes")
	void contrastInTheLight() {
		change("color:#5f5b54", "color:#a09a90");
		assertOne(new ContrastRule(), Severity.ERROR, "#a09a90 on #fdfcfa", "in the light theme");
	}

	@Test
	@DisplayName("contrast: in the dark theme, by the prefers-color-scheme block")
	void contrastInTheDark() {
		change(".quiet { color: #aba59a !important; }", ".quiet { color: #5f5b54 !important; }");
		GateFinding finding = assertOne(new ContrastRule(), Severity.ERROR, "#5f5b54 on #171614", "in the dark theme");
		assertThat(finding.where()).startsWith("“The Example, 1 Harbour Street");
	}

	@Test
	@DisplayName("contrast: words that the dark block forgets stay dark on dark")
	void contrastOfForgottenWords() {
		change("<p class=\"quiet\"", "<p");
		assertOne(new ContrastRule(), Severity.ERROR, "#5f5b54 on #171614", "in the dark theme");
	}

	@Test
	@DisplayName("contrast: large type needs 3:1, other type 4.5:1")
	void contrastOfLargeType() {
		change("href=\"https://news.example/2\" style=\"color:#1c1b19\"",
				"href=\"https://news.example/2\" style=\"color:#8a8a8a\"");
		assertThat(new ContrastRule().check(letter())).as("24 px and 3.4:1").isEmpty();
		change("href=\"https://news.example/2\" style=\"color:#1c1b19\"",
				"href=\"https://news.example/2\" style=\"font-size:15px;color:#8a8a8a\"");
		assertOne(new ContrastRule(), Severity.ERROR, "4.5:1 is the least", "“Rents rose again” in the light theme");
	}

	@Test
	@DisplayName("contrast: a link without a colour has the browser's blue")
	void contrastOfALinkWithoutColour() {
		change("<p><a class=\"ink\" href=\"" + UNSUBSCRIBE + "\" style=\"color:#1c1b19\">",
				"<p style=\"background:#00008b\" class=\"ink\"><a href=\"" + UNSUBSCRIBE + "\">");
		assertOne(new ContrastRule(), Severity.ERROR, "#0000ee on #00008b", "“Unsubscribe” in the light theme");
	}

	@Test
	@DisplayName("contrast: a colour that not all mail programs know is a warning")
	void contrastOfAnUnknownColour() {
		change("color:#5f5b54", "color:var(--quiet)");
		assertOne(new ContrastRule(), Severity.WARNING, "write it as", "in the light theme");
	}

	@Test
	@DisplayName("contrast: importance, then the style attribute, then specificity, then order decide")
	void cascade() {
		Document html = Jsoup
			.parse("""
					<style>p { color: #000001 } .a.b { color: #000002 } p { color: #000003 } p#c { background: #000004 !important }
					@media print { p { color: #000005 !important } } .d { color: #000006 } .e { color: #000007 }</style>
					<p class="a b" id="c" style="background:#ffffff url(x.png)">1 <b style="font:italic 1.5em/2 serif">2</b></p>
					<p class="d e">3</p><p>4</p><p style="color:#000008;background:rgba(0,0,0,.5)">5</p>
					<table bgcolor="#000009"><tr><td style="background:none">6 <font color="#00000a">7</font></td></tr></table>
					""");
		Styles styles = Styles.of(html, Theme.LIGHT);
		assertThat(html.select("p").eachText()).hasSize(4);
		assertThat(html.select("p").stream().map(styles::ink).map(String::valueOf)).containsExactly("#000002",
				"#000007", "#000003", "#000008");
		assertThat(styles.paper(html.selectFirst("b"))).hasToString("#000004");
		assertThat(styles.size(html.selectFirst("b"))).isEqualTo(24);
		assertThat(styles.isBold(html.selectFirst("b"))).isTrue();
		assertThat(styles.paper(html.select("p").last())).hasToString("#808080");
		assertThat(styles.paper(html.selectFirst("font"))).hasToString("#000009");
		assertThat(styles.ink(html.selectFirst("font"))).hasToString("#00000a");
	}

	@ParameterizedTest
	@DisplayName("empty-link: without an address, or without words")
	@ValueSource(strings = { "<a href=\"\">More</a>", "<a>More</a>", "<a href=\"#\">More</a>",
			"<a href=\"https://news.example/3\"> &nbsp;&zwnj;</a>",
			"<a href=\"https://news.example/3\"><img src=\"https://news.example/3.jpg\" alt=\"\"></a>" })
	void emptyLink(String link) {
		change("</h2>\n<a", "</h2>" + link + "<a");
		assertOne(new EmptyLinkRule(), Severity.ERROR, "his link", link.contains("example/3") ? "example/3" : "More");
	}

	@Test
	@DisplayName("duplicate-link: an article offered again below another story, or as two stories")
	void duplicateLink() {
		this.picks = List.of(pick(1, "Harbour reopens"),
				pick(2, "Rents rose again", story(3, "https://news.example/1", "What the harbour is for")));
		change("until spring comes.</p>",
				"until spring comes.</p><p>Also: <a href=\"https://news.example/1#top\">What the harbour is for</a></p>");
		assertOne(new DuplicateLinkRule(), Severity.WARNING, "“Harbour reopens” and as “What the harbour is for”",
				"https://news.example/1");
		this.html = HTML;
		this.picks = List.of(pick(1, "Harbour reopens"), pick(2, "Harbour  reopens"));
		assertOne(new DuplicateLinkRule(), Severity.WARNING, "Two stories have this headline", "“Harbour reopens”");
	}

	@ParameterizedTest
	@DisplayName("https: links and pictures over http or anything else")
	@ValueSource(strings = { "http://news.example/2", "ftp://news.example/2", "/articles/2", "HTTP://news.example/2",
			"javascript:alert(1)", "https news" })
	void https(String address) {
		change("href=\"https://news.example/2\"", "href=\"" + address + "\"");
		assertOne(new HttpsRule(STRICT), Severity.ERROR, "https", "Link “Rents rose again” to ");
		change("src=\"https://news.example/1.jpg\"", "src=\"" + address + "\"");
		assertOne(new HttpsRule(STRICT), Severity.ERROR, "https", "Picture ");
	}

	@Test
	@DisplayName("https: a host is excepted by its name, and that host only")
	void httpsExceptions() {
		change("href=\"https://news.example/2\"", "href=\"http://Archive.example:8080/2\"");
		GateSettings excepting = new GateSettings(List.of("archive.example"), Map.of());
		assertThat(new HttpsRule(excepting).check(letter())).isEmpty();
		change("href=\"https://news.example/2\"", "href=\"http://archive.example.evil.example/2\"");
		assertOne(new HttpsRule(excepting), Severity.ERROR, "https", "Rents rose again");
		change("href=\"https://news.example/2\"", "href=\"mailto:desk@news.example\"");
		assertThat(new HttpsRule(STRICT).check(letter())).isEmpty();
	}

	@Test
	@DisplayName("subject: empty, too long, too short, or that of the edition before")
	void subject() {
		this.subject = " ";
		assertOne(new SubjectRule(), Severity.ERROR, "empty", "The subject");
		this.subject = "🎉".repeat(SubjectRule.LONG);
		assertThat(new SubjectRule().check(letter())).isEmpty();
		this.subject += "!";
		assertOne(new SubjectRule(), Severity.WARNING, "91 characters", "The subject");
		this.subject = "News";
		assertOne(new SubjectRule(), Severity.WARNING, "hardly a subject", "The subject");
		this.subject = "Nine wards  elect a Mayor";
		assertOne(new SubjectRule(), Severity.WARNING, "edition before", "The subject");
	}

	@Test
	@DisplayName("preheader: missing, too long, too short, or the subject again")
	void preheader() {
		String preheader = "And the ferries sail again";
		change("<div style=\"display:none;max-height:0\">" + preheader + "&#847;&zwnj;&nbsp;</div>", "");
		assertOne(new PreheaderRule(), Severity.WARNING, "empty", "The preheader");
		change(preheader, "x".repeat(151));
		assertOne(new PreheaderRule(), Severity.WARNING, "151 characters", "The preheader");
		change(preheader, "More");
		assertOne(new PreheaderRule(), Severity.WARNING, "hardly a line", "The preheader");
		change(preheader, "harbour: reopens.");
		assertOne(new PreheaderRule(), Severity.WARNING, "what the subject says", "The preheader and the subject");
	}

	@Test
	@DisplayName("text-part: a story or its link is missing in one of the parts")
	void textPart() {
		this.text = TEXT.replace("Rents rose again", "");
		assertOne(new TextPartRule(), Severity.ERROR, "headline is missing in the text part", "“Rents rose again”");
		this.text = TEXT.replace("https://news.example/2", "");
		assertOne(new TextPartRule(), Severity.ERROR, "link is missing in the text part", "“Rents rose again”");
		this.text = TEXT;
		change("<h2><a class=\"ink\" href=\"https://news.example/2\" style=\"color:#1c1b19\">Rents rose again</a></h2>",
				"");
		assertThat(new TextPartRule().check(letter())).extracting(GateFinding::what)
			.anyMatch((what) -> what.contains("headline is missing in the HTML part"))
			.anyMatch((what) -> what.contains("link is missing in the HTML part"))
			.hasSize(2);
	}

	@Test
	@DisplayName("text-part: other links that one part alone has are a warning")
	void textPartLinks() {
		this.text = TEXT + "Read online: https://news.example/online.\n";
		assertOne(new TextPartRule(), Severity.WARNING, "https://news.example/online", "missing in the HTML part");
		change("Unsubscribe</a>", "Unsubscribe</a> <a href=\"https://news.example/online\">Read online</a>");
		assertThat(new TextPartRule().check(letter())).as("the full stop is not its").isEmpty();
		this.text = TEXT;
		assertOne(new TextPartRule(), Severity.WARNING, "https://news.example/online", "missing in the text part");
	}

	@ParameterizedTest
	@DisplayName("active-content: scripts, forms, frames")
	@ValueSource(strings = { "<script>1</script>", "<form></form>", "<iframe src=\"https://news.example\"></iframe>",
			"<p onclick=\"1\"></p>", "<video></video>" })
	void activeContent(String markup) {
		change("</h2>\n<a", "</h2>" + markup + "<a");
		assertOne(new ActiveContentRule(), Severity.ERROR,
				markup.contains("onclick") ? "no mail program runs" : "Mail programs strip", "Harbour reopens");
	}

	@ParameterizedTest
	@DisplayName("spam: subjects that shout, feign or hawk")
	@ValueSource(strings = { "Harbour reopens!!", "Really?!", "Save $$$ today", "Re: your harbour", "FW: harbour",
			"HARBOUR REOPENS TODAY" })
	void spamSubjects(String bad) {
		this.subject = bad;
		assertOne(new SpamRule(STRICT), Severity.WARNING, "It ", "The subject");
	}

	@ParameterizedTest
	@DisplayName("spam: honest subjects")
	@ValueSource(
			strings = { "NATO und EU beraten", "Was nun?", "مرفأ المدينة يفتح من جديد", "港口重新开放了今天早上五点", "Rex: a dog" })
	void honestSubjects(String good) {
		this.subject = good;
		assertThat(new SpamRule(STRICT).check(letter())).isEmpty();
	}

	@ParameterizedTest
	@DisplayName("spam: links that say another host, hide behind a shortener or name a machine")
	@CsvSource({ "https://evil.example/2, www.bank.example, leads to evil.example",
			"https://bit.ly/2, Rents rose again, shortener", "https://203.0.113.9/2, Rents rose again, machine" })
	void spamLinks(String address, String words, String complaint) {
		change("href=\"https://news.example/2\" style=\"color:#1c1b19\">Rents rose again",
				"href=\"" + address + "\" style=\"color:#1c1b19\">" + words);
		assertOne(new SpamRule(STRICT), Severity.WARNING, complaint, words);
	}

	@Test
	@DisplayName("spam: hidden words, and a mail that is all picture")
	void spamBodies() {
		change("</h2>\n<a", "</h2><span style=\"font-size:0\">cheap watches</span><a");
		assertOne(new SpamRule(STRICT), Severity.WARNING, "nobody sees them", "“cheap watches”");
		this.html = "<body><img src=\"https://news.example/1.jpg\" alt=\"News\"><p>Unsubscribe</p></body>";
		assertOne(new SpamRule(STRICT), Severity.WARNING, "nearly all picture", "The HTML part");
	}

	@Test
	@DisplayName("C1 postal-address: the newsletter has none, or a part does not show it")
	void postalAddress() {
		this.text = TEXT.replace("1 Harbour Street", "");
		assertOne(new PostalAddressRule(), Severity.ERROR, "missing", "text part");
		this.text = TEXT;
		change("1 Harbour Street", "2 Harbour Street");
		assertOne(new PostalAddressRule(), Severity.ERROR, "missing", "HTML part");
		this.postalAddress = " ";
		assertOne(new PostalAddressRule(), Severity.ERROR, "The newsletter has none", "The footer");
	}

	@Test
	@DisplayName("L17 unsubscribe: no visible link, none in the text part, or one that Gmail cuts off")
	void unsubscribe() {
		change(">Unsubscribe<", "><");
		assertOne(new UnsubscribeRule(), Severity.ERROR, "no visible link", "The HTML part");
		change("<p><a class=\"ink\" href=\"" + UNSUBSCRIBE, "<p style=\"display:none\"><a href=\"" + UNSUBSCRIBE);
		assertOne(new UnsubscribeRule(), Severity.ERROR, "no visible link", "The HTML part");
		change("</table>", "x".repeat(SizeRule.LIMIT) + "</table>");
		assertOne(new UnsubscribeRule(), Severity.ERROR, "after the first 100 KB", "The HTML part");
		this.html = HTML;
		this.text = TEXT.replace(UNSUBSCRIBE, "");
		assertOne(new UnsubscribeRule(), Severity.ERROR, "no link to unsubscribe", "The text part");
	}

	@Test
	@DisplayName("fields: a reader's field that does not exist")
	void unknownFields() {
		change("The first boats", "Dear \uE000nmae\uE001, the first boats");
		assertOne(new FieldsRule((newsletter) -> List.of(new Attribute("memberSince", "Member since", ""))),
				Severity.ERROR, "use one of email, memberSince, name,", "reader.nmae");
		this.html = HTML;
		this.subject = "Good morning, ${reader.name}";
		assertOne(new FieldsRule((newsletter) -> List.of(new Attribute("memberSince", "Member since", ""))),
				Severity.ERROR, "reach readers as it stands", "The subject, ${reader.name}");
	}

	@ParameterizedTest
	@DisplayName("fields: what another system would fill in is a warning")
	@ValueSource(strings = { "${HOME}", "{{ first_name }}", "*|FNAME|*", "%%name%%", "[FIRSTNAME]", "<%= name %>" })
	void othersFields(String field) {
		this.subject = "Good morning, " + field;
		assertOne(new FieldsRule((newsletter) -> List.of(new Attribute("memberSince", "Member since", ""))),
				Severity.WARNING, "nothing fills it in", "The subject, " + field);
	}

	private static int bytes(String text) {
		return text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
	}

	private GateFinding assertOne(GateRule rule, Severity severity, String what, String where) {
		List<GateFinding> findings = rule.check(letter());
		assertThat(findings).as(rule.name()).hasSize(1);
		GateFinding finding = findings.get(0);
		assertThat(finding.rule()).isEqualTo(rule.name());
		assertThat(finding.severity()).isEqualTo(severity);
		assertThat(finding.what()).contains(what);
		assertThat(finding.where()).contains(where);
		return finding;
	}

	private void change(String from, String to) {
		assertThat(HTML).contains(from);
		this.html = HTML.replace(from, to);
	}

	private GateLetter letter() {
		Newsletter newsletter = new Newsletter(1, "harbour", "Harbour notes", "", "The Example", "news@news.example",
				null, this.postalAddress, Set.of(), LocalTime.NOON, ZoneId.of("Europe/Berlin"), "en", "front-page", 5,
				Duration.ofDays(1), Duration.ofDays(1));
		return new GateLetter(newsletter, this.picks, new Letter(this.subject, this.html, this.text),
				"Nine wards elect a mayor");
	}

	private static Pick pick(long id, String headline, Story... also) {
		return new Pick(story(id, "https://news.example/" + id, headline), (int) id, "", false, null, null, Score.NONE,
				List.of(also));
	}

	private static Story story(long id, String url, String headline) {
		Instant now = Instant.parse("2026-11-23T06:00:00Z");
		return new Story(id, null, url, headline, "", "", null, List.of(), null, StoryKind.NEWS, "en", null, null,
				List.of(), null, now, null, null, now, now);
	}

}
