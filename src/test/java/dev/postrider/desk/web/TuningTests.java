package dev.postrider.desk.web;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.postrider.edition.Edition;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.newsletter.PickingRules;
import dev.postrider.newsletter.SlowNews;
import dev.postrider.story.Stories;
import dev.postrider.testing.PostriderTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Why stories are picked, and changing that: by plain forms, as without JavaScript.
 */
@PostriderTest
class TuningTests extends DeskSession {

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private Stories stories;

	@Test
	void rankingSaysWhatWasLeftOutAndWhy() {
		String section = "Quay " + this.newsletter.slug();
		this.newsroom.withoutQuotas(this.newsletter);
		Edition edition = this.newsroom.edition(this.newsletter, "Pinned by hand");
		long pinned = ids(edition).get(0);
		long banned = this.newsroom.story("Council argues over parking",
				"Drivers want the old fees back; shops on the square fear for their trade.", section, "NEWS");
		long pushed = this.newsroom.story("Seal pups counted on the sandbank",
				"Biologists found more young animals than in any winter since counting began.", section, "NEWS");
		String why = "/desk/editions/" + edition.id() + "/why";
		push(why, banned + "/ban", section);
		for (int i = 0; i < 9; i++) {
			push(why, pushed + "/up", section);
		}
		assertThat(this.stories.boost(this.newsletter.id(), pushed)).isEqualTo(9);
		push(why, pushed + "/down", section);
		assertThat(this.stories.boost(this.newsletter.id(), pushed)).isEqualTo(8);
		Document page = page(why + "?section=" + section.replace(" ", "%20"));
		assertThat(page.select(".ranking > li")).hasSize(2);
		assertThat(page.expectFirst("#story-" + banned).text()).contains("Banned by " + this.editor.email());
		Element first = page.expectFirst("#story-" + pushed);
		assertThat(first.text()).contains("Would be picked", "Picked 1st", "pushed up by an editor");
		assertThat(first.select("tbody tr")).hasSize(7);
		assertThat(first.select("svg.scorebar rect")).isNotEmpty();
		assertThat(allPages(why)).anySatisfy((each) -> assertThat(each.text()).contains("Pinned by hand"));
		assertAudited("story.boost", "2026-11-25");
		assertAudited("story.ban", "2026-11-25");

		this.desk.post(why, why + "/" + pushed + "/add", "section", section);
		assertThat(ids(now(edition))).containsExactly(pinned, pushed);
		push(why, pinned + "/ban", "");
		assertThat(ids(now(edition))).containsExactly(pushed);

		String bans = "/desk/newsletters/" + this.newsletter.slug() + "/bans";
		assertThat(page(bans).select(".sources li")).hasSize(2)
			.allSatisfy((ban) -> assertThat(ban.text()).contains("banned by " + this.editor.email()));
		this.desk.post(bans, bans + "/" + banned + "/unban");
		assertThat(page(bans).select(".sources li")).hasSize(1);
		assertThat(this.stories.bannedBy(this.newsletter.id(), banned)).isEmpty();
		assertThat(this.newsroom.audited(this.editor.email(), "story.unban", "story " + banned)).isTrue();
	}

	@Test
	void rulesAreChangedAndAudited() {
		String picking = "/desk/newsletters/" + this.newsletter.slug() + "/picking";
		assertThat(page(picking).expectFirst("[name=weight-position]").val()).isEqualTo("3");
		HttpResponse<String> answer = post(picking, picking, "weight-recency", "7,5", "halfLife", "6", "stories", "5",
				"window", "48", "least-PODCAST", "0", "most-PODCAST", "2", "slowNews", "MERGE", "section-1", "Opera",
				"section-weight-1", "2.5", "section-most-1", "3");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
		PickingRules rules = this.newsletters.rules(this.newsletter.id());
		assertThat(rules.weights().recency()).isEqualTo(7.5);
		assertThat(rules.halfLife()).isEqualTo(Duration.ofHours(6));
		assertThat(rules.slowNews()).isEqualTo(SlowNews.MERGE);
		assertThat(rules.weightOf("Opera")).isEqualTo(2.5);
		assertThat(rules.mostOf("Opera")).contains(3);
		assertThat(rules.kinds().get("PODCAST").most()).isEqualTo(2);
		assertThat(this.newsletters.find(this.newsletter.id()).orElseThrow()).satisfies((changed) -> {
			assertThat(changed.storyCount()).isEqualTo(5);
			assertThat(changed.storyWindow()).isEqualTo(Duration.ofHours(48));
		});
		assertThat(this.newsroom.audited(this.editor.email(), "newsletter.picking", this.newsletter.slug())).isTrue();
		assertThat(page(picking).expectFirst("[name=weight-recency]").val()).isEqualTo("7.5");
	}

	@Test
	void whatCannotBeIsSaidBesideItsFieldAndNothingIsChanged() {
		String picking = "/desk/newsletters/" + this.newsletter.slug() + "/picking";
		PickingRules before = this.newsletters.rules(this.newsletter.id());
		Map<String, String> wrong = Map.of("weight-image", "much", "weight-boost", "-1", "halfLife", "0", "minimum",
				"9", "most-NEWS", "x", "section-weight-1", "101", "stories", "3");
		String[] fields = wrong.entrySet()
			.stream()
			.flatMap((field) -> List.of(field.getKey(), field.getValue()).stream())
			.toArray(String[]::new);
		for (String path : List.of(picking, picking + "/preview")) {
			HttpResponse<String> answer = post(picking, path, concat(fields, "section-1", "Opera"));
			assertThat(answer.statusCode()).isEqualTo(422);
			Document page = Jsoup.parse(answer.body());
			wrong.forEach((field, value) -> {
				assertThat(page.expectFirst("[name=" + field + "]").val()).as(field).isEqualTo(value);
				if (!field.equals("stories")) {
					assertThat(page.expectFirst("[name=" + field + "]").attr("aria-describedby"))
						.isEqualTo("error-" + field);
					assertThat(page.getElementById("error-" + field).text()).as(field).isNotBlank();
				}
			});
		}
		assertThat(this.newsletters.rules(this.newsletter.id())).isEqualTo(before);
	}

	@Test
	void previewShowsWhatWouldChangeAndStoresNothing() {
		this.newsroom.story("Bakers bring the rye loaf back", "Three mills grind for it; it is dearer than wheat.",
				"Food", "NEWS");
		this.newsroom.story("Night trains to Vienna sold out", "The railway hangs on two sleeping cars until Easter.",
				"Travel", "NEWS");
		String picking = "/desk/newsletters/" + this.newsletter.slug() + "/picking";
		PickingRules before = this.newsletters.rules(this.newsletter.id());
		Document page = Jsoup.parse(post(picking, picking + "/preview", "stories", "1", "minimum", "0", "least-FEATURE",
				"", "least-PODCAST", "")
			.body());
		assertThat(page.expectFirst("#preview").text()).contains("Wed 25 November", "Left out", "Nothing is saved yet");
		assertThat(page.select("#preview .columns > div").get(1).select("li")).hasSize(1);
		assertThat(page.expectFirst("[name=stories]").val()).isEqualTo("1");
		assertThat(this.newsletters.rules(this.newsletter.id())).isEqualTo(before);
		assertThat(this.newsletters.find(this.newsletter.id()).orElseThrow().storyCount()).isEqualTo(3);
	}

	@Test
	void replayComparesPastDaysWithWhatWasSent() {
		String replay = "/desk/newsletters/" + this.newsletter.slug() + "/replay";
		assertThat(page(replay).select(".replayed")).isEmpty();
		Document page = page(replay + "?from=2026-11-16&to=2026-11-23");
		assertThat(page.select(".replayed h2").eachText()).containsExactly("Mon 16 November, no edition",
				"Wed 18 November, no edition", "Fri 20 November, no edition", "Mon 23 November, no edition");
		assertThat(this.editions.newest(this.newsletter.id(), 1)).as("nothing is stored").isEmpty();
		for (String days : List.of("from=2026-11-24", "from=soon", "from=2026-11-20&to=2026-11-19",
				"from=2026-09-01&to=2026-11-20")) {
			HttpResponse<String> answer = this.desk.get(replay + "?" + days);
			assertThat(answer.statusCode()).as(days).isEqualTo(422);
			assertThat(Jsoup.parse(answer.body()).select("#error-from, #error-to")).as(days).hasSize(1);
		}
	}

	@Test
	void apiTellsTheRankingAndTheRules() {
		this.newsroom.edition(this.newsletter, "Told to a program");
		this.newsroom.story("A story for the ranking " + this.newsletter.slug(), "Harbour", "NEWS");
		RestTestClient api = RestTestClient.bindToServer()
			.baseUrl("http://localhost:" + this.port + "/api/v1/newsletters/" + this.newsletter.slug())
			.defaultHeader("Authorization", this.editor.bearer())
			.build();
		api.get()
			.uri("/editions/2026-11-25/ranking?limit=1")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.items[0].rank")
			.isEqualTo(1)
			.jsonPath("$.items[0].sentence")
			.isNotEmpty()
			.jsonPath("$.items[0].parts.length()")
			.isEqualTo(7)
			.jsonPath("$.next")
			.isEqualTo(1);
		api.put()
			.uri("/picking")
			.contentType(MediaType.APPLICATION_JSON)
			.body("{\"weight-image\": 4, \"minimum\": 1}")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$['weight-image']")
			.isEqualTo("4")
			.jsonPath("$['weight-position']")
			.isEqualTo("3");
		assertThat(this.newsletters.rules(this.newsletter.id()).weights().image()).isEqualTo(4);
		api.put()
			.uri("/picking")
			.contentType(MediaType.APPLICATION_JSON)
			.body("{\"minimum\": -1}")
			.exchange()
			.expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.errors.minimum")
			.isNotEmpty();
	}

	private void push(String page, String action, String section) {
		HttpResponse<String> answer = this.desk.post(page, page + "/" + action, "section", section);
		assertThat(answer.statusCode()).as(action + ": " + answer.body()).isEqualTo(302);
	}

	/** Sends the form of a page as it stands, but for some fields. */
	private HttpResponse<String> post(String page, String path, String... changed) {
		FormElement form = (FormElement) page(page).expectFirst("form.rules");
		for (int i = 0; i < changed.length; i += 2) {
			form.expectFirst("[name=" + changed[i] + "]").val(changed[i + 1]);
			if (changed[i].equals("slowNews")) {
				form.select("option").forEach((option) -> option.removeAttr("selected"));
				form.expectFirst("option[value=" + changed[i + 1] + "]").attr("selected", "");
			}
		}
		String[] fields = form.formData()
			.stream()
			.filter((field) -> !field.key().equals("_csrf"))
			.flatMap((field) -> List.of(field.key(), field.value()).stream())
			.toArray(String[]::new);
		return this.desk.post(page, path, fields);
	}

	private Document page(String path) {
		HttpResponse<String> answer = this.desk.get(path);
		assertThat(answer.statusCode()).as(path).isEqualTo(200);
		return Jsoup.parse(answer.body());
	}

	/**
	 * The page, and all that "Show more" leads to: other tests' stories are ranked too.
	 */
	private List<Document> allPages(String path) {
		List<Document> pages = new ArrayList<>(List.of(page(path)));
		Element more;
		while ((more = pages.get(pages.size() - 1).selectFirst("a.button[href*=skip]")) != null) {
			pages.add(page(more.attr("href")));
		}
		return pages;
	}

	private static String[] concat(String[] fields, String name, String value) {
		String[] all = java.util.Arrays.copyOf(fields, fields.length + 2);
		all[fields.length] = name;
		all[fields.length + 1] = value;
		return all;
	}

}
