package dev.postrider.edition.gate;

import java.util.List;
import java.util.Map;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionComposer;
import dev.postrider.edition.EditionException;
import dev.postrider.edition.EditionRenderer;
import dev.postrider.edition.Editions;
import dev.postrider.edition.Gate;
import dev.postrider.edition.GateException;
import dev.postrider.edition.GateFinding;
import dev.postrider.edition.GateFinding.Severity;
import dev.postrider.edition.GateReport;
import dev.postrider.edition.SampleNewsroom;
import dev.postrider.edition.TopicVariants;
import dev.postrider.edition.gate.GateSettings.Weight;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.story.StoryKind;
import dev.postrider.testing.PostriderTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The gate on editions as the newsletter's own design renders them.
 */
@PostriderTest
class GateTests {

	@Autowired
	private Gate gate;

	@Autowired
	private List<GateRule> rules;

	@Autowired
	private EditionRenderer renderer;

	@Autowired
	private TopicVariants variants;

	@Autowired
	private Editions editions;

	@Autowired
	private EditionComposer composer;

	@Autowired
	private Acceptances acceptances;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private JdbcClient jdbc;

	private SampleNewsroom newsroom;

	private Newsletter newsletter;

	@BeforeEach
	void newsroom() {
		this.newsroom = new SampleNewsroom(this.jdbc, this.newsletters);
		this.newsletter = this.newsroom.newsletter();
	}

	@Test
	void anEditionOfEverythingPasses() {
		long lead = this.newsroom.story("Ferries sail again at dawn", "The first boats left before five.", "Local",
				StoryKind.NEWS);
		this.newsroom.picture(lead, "https://news.example/ferries-" + lead + ".jpg");
		this.newsroom.set(lead, "image_alt", "Ferries leaving the quay");
		this.newsroom.set(lead, "image_credit", "Ada Lens");
		this.newsroom.set(lead, "author", "Jo Writer");
		this.newsroom.relate(lead, "https://news.example/tides-" + lead, "How the tides work");
		long podcast = this.newsroom.story("Low water", "Four centuries of lost things.", "Podcasts",
				StoryKind.PODCAST);
		this.newsroom.set(podcast, "audio_url", "https://news.example/low-" + podcast + ".mp3");
		this.newsroom.set(podcast, "audio_seconds", 2040);
		this.newsroom.story("Rents rose again", "Not the brake.", "City", StoryKind.OPINION);
		this.newsroom.story("Election night", "All wards, as they come in.", "City", StoryKind.LIVE);
		Edition edition = composed();
		assertThat(edition.picks()).hasSize(4);
		assertThat(this.gate.check(edition, this.newsletter).findings()).isEmpty();
		this.renderer.render(edition, this.newsletter);
		assertThat(this.gate.checkRendered(edition, this.newsletter).findings()).isEmpty();
		this.gate.require(edition, this.newsletter);
	}

	@Test
	void anEditionWithoutStoriesHasNothingToBeChecked() {
		Edition empty = this.editions.open(this.newsletter, this.newsroom.date(), 1, this.newsroom.due());
		assertThat(this.gate.check(empty, this.newsletter).findings()).isEmpty();
	}

	@Test
	void anErrorCannotBeAccepted() {
		long plain = this.newsroom.story("Ferries sail again at dawn");
		this.newsroom.set(plain, "url", "http://plain.example/" + plain);
		Edition edition = composed();
		GateReport report = this.gate.check(edition, this.newsletter);
		assertThat(report.isPassed()).isFalse();
		assertThat(report.errors()).isNotEmpty()
			.allSatisfy((finding) -> assertThat(finding.rule()).isEqualTo("https"))
			.anySatisfy((finding) -> assertThat(finding.where())
				.isEqualTo("Link “Ferries sail again at dawn” to http://plain.example/" + plain));
		assertThatExceptionOfType(GateException.class).isThrownBy(() -> this.gate.require(edition, this.newsletter))
			.withMessageContaining("cannot go out like this")
			.withMessageContaining("http://plain.example/" + plain)
			.satisfies((refused) -> assertThat(refused.report()).isEqualTo(report));
		assertThatExceptionOfType(EditionException.class)
			.isThrownBy(() -> this.gate.accept(edition, this.newsletter, report.errors().get(0).key(), "ada"))
			.withMessageContaining("no warning");
	}

	@Test
	void aWarningIsAcceptedByNameForThisEditionAndThisPlaceOnly() {
		long ferries = described("Ferries sail again at dawn", "");
		described("Library opens on Sundays", "Readers at the door");
		Edition edition = composed();
		GateFinding warning = this.gate.check(edition, this.newsletter).open().get(0);
		assertThat(warning.rule()).isEqualTo("alt");
		assertThat(warning.where()).isEqualTo("Picture of “Ferries sail again at dawn”");
		assertThatExceptionOfType(GateException.class).isThrownBy(() -> this.gate.require(edition, this.newsletter))
			.withMessageContaining("nobody has accepted");

		this.gate.accept(edition, this.newsletter, warning.key(), "ada@news.example");
		this.gate.accept(edition, this.newsletter, warning.key(), "bob@news.example");
		this.gate.require(edition, this.newsletter);
		GateReport accepted = this.gate.check(edition, this.newsletter);
		assertThat(accepted.isPassed()).isTrue();
		assertThat(accepted.findings()).as("it is still told").hasSize(1);
		assertThat(accepted.acceptance(warning).by()).isEqualTo("ada@news.example");

		// Another picture without words is another warning, and another edition has its
		// own.
		this.newsroom.set(ferries + 1, "image_alt", "");
		assertThat(this.gate.check(this.editions.find(edition.id()).orElseThrow(), this.newsletter).open())
			.extracting(GateFinding::where)
			.containsExactly("Picture of “Library opens on Sundays”");
		assertThat(this.acceptances.of(edition.id() + 1)).doesNotContainKey(warning.key());
		assertThatExceptionOfType(EditionException.class)
			.isThrownBy(() -> this.gate.accept(edition, this.newsletter, "0123456789abcdef", "ada"))
			.withMessageContaining("does not stand any more");
	}

	@Test
	void aTemplateThatFailsIsAFinding() {
		this.newsroom.story("Ferries sail again at dawn");
		Edition edition = composed();
		Newsletter broken = this.newsletter.carrying(4, this.newsletter.storyWindow());
		this.jdbc.sql("UPDATE newsletter SET design = 'no-such-design' WHERE id = ?").param(broken.id()).update();
		broken = this.newsletters.find(broken.id()).orElseThrow();
		assertThat(this.gate.check(edition, broken).errors()).singleElement().satisfies((finding) -> {
			assertThat(finding.rule()).isEqualTo("template");
			assertThat(finding.what()).contains("no-such-design");
		});
	}

	@Test
	void variantsAreCheckedAndTellWhoseTheyAre() {
		long plain = this.newsroom.story("Why oysters are small", "They are.", "Food", StoryKind.NEWS);
		this.newsroom.set(plain, "url", "http://plain.example/" + plain);
		Edition edition = composed();
		assertThat(this.gate.check(edition, this.newsletter).errors()).isNotEmpty();
		this.composer.drop(edition.id(), plain);
		this.newsroom.stories(2);
		Edition fine = this.composer.compose(edition.id(), this.newsletter);
		assertThat(this.gate.check(fine, this.newsletter).errors()).isEmpty();
		this.renderer.render(fine, this.newsletter);
		assertThat(this.gate.checkRendered(fine, this.newsletter).errors()).isEmpty();
		// A reader of food gets what an editor never saw.
		this.jdbc
			.sql("INSERT INTO variant_pick (edition_id, variant, story_id, position, reason) VALUES (?, 2, ?, 1, '')")
			.params(fine.id(), plain)
			.update();
		this.jdbc.sql("""
				INSERT INTO edition_topics (edition_id, topics_key, topics, variant)
				VALUES (?, UNHEX(SHA2('food', 256)), 'food', 2)
				""").param(fine.id()).update();
		this.jdbc.sql("""
				INSERT INTO edition_variant (edition_id, variant, selection, language, design)
				VALUES (:edition, 1, 1, 'en', 'front-page'), (:edition, 2, 2, 'en', 'front-page'),
				  (:edition, 3, 1, 'de', 'list')
				""").param("edition", fine.id()).update();
		this.renderer.render(fine, this.newsletter);
		assertThat(this.gate.checkRendered(fine, this.newsletter).errors()).isNotEmpty()
			.allSatisfy((finding) -> assertThat(finding.where()).contains("plain.example")
				.endsWith(", for readers of food"));
	}

	@Test
	void picturesTogetherMayWeighSoMuch() {
		long lead = described("Ferries sail again at dawn", "Ferries leaving");
		Edition edition = composed();
		weigh(lead, 999_000);
		assertThat(this.gate.check(edition, this.newsletter).findings()).isEmpty();
		weigh(lead, 1_000_000);
		assertThat(this.gate.check(edition, this.newsletter).open()).extracting(GateFinding::rule)
			.containsExactly("image-weight");
		weigh(lead, 3_000_000);
		assertThat(this.gate.check(edition, this.newsletter).errors()).extracting(GateFinding::what)
			.singleElement()
			.asString()
			.contains("3000 KB");
	}

	@Test
	void settingsWeighRulesAnewAndRefuseNamesThatAreNone() {
		long plain = described("Ferries sail again at dawn", "");
		this.newsroom.set(plain, "url", "http://plain.example/" + plain);
		Edition edition = composed();
		assertThat(findings(Map.of())).isEqualTo(List.of("https ERROR", "alt WARNING"));
		assertThat(findings(Map.of("https", Weight.WARNING, "alt", Weight.ERROR)))
			.isEqualTo(List.of("alt ERROR", "https WARNING"));
		assertThat(findings(Map.of("https", Weight.OFF))).isEqualTo(List.of("alt WARNING"));
		assertThat(edition.picks()).hasSize(1);
		assertThatIllegalStateException().isThrownBy(() -> findings(Map.of("altt", Weight.OFF)))
			.withMessageContaining("[altt]")
			.withMessageContaining("alt, contrast");
	}

	private List<String> findings(Map<String, Weight> weights) {
		Gate weighed = new RuleGate(this.rules, new GateSettings(List.of(), weights), this.renderer, this.variants,
				this.editions, this.acceptances);
		Edition edition = this.editions.newest(this.newsletter.id(), 1).get(0);
		return weighed.check(edition, this.newsletter)
			.findings()
			.stream()
			.map((finding) -> finding.rule() + " " + finding.severity())
			.distinct()
			.toList();
	}

	private long described(String headline, String alt) {
		long story = this.newsroom.story(headline);
		this.newsroom.picture(story, "https://news.example/" + story + ".jpg");
		this.newsroom.set(story, "image_alt", alt);
		return story;
	}

	private void weigh(long story, int bytes) {
		this.jdbc.sql("""
				UPDATE story_image SET bytes = REPEAT('x', :bytes)
				WHERE hash = LEFT(SHA2(:url, 256), 32)
				""").param("bytes", bytes).param("url", "https://news.example/" + story + ".jpg").update();
	}

	private Edition composed() {
		Edition edition = this.editions.open(this.newsletter, this.newsroom.date(), 1, this.newsroom.due());
		Edition composed = this.composer.compose(edition.id(), this.newsletter);
		assertThat(this.gate.check(composed, this.newsletter).findings())
			.noneMatch((finding) -> finding.severity() == Severity.ERROR && finding.rule().equals("contrast"));
		return composed;
	}

}
