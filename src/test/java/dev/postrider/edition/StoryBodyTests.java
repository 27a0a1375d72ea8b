package dev.postrider.edition;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StoryBodyTests {

	@Test
	void paragraphsQuotesAndPointsInOrder() {
		assertThat(StoryBody.blocks("<p>One <em>day</em> &amp; night.</p><blockquote><p>Said.</p></blockquote>"
				+ "<ul><li>First</li><li><p>Second</p></li></ul><blockquote>Alone</blockquote>", "plain"))
			.extracting((block) -> block.get("type") + ": " + block.get("html") + " = " + block.get("text"))
			.containsExactly("paragraph: One <em>day</em> &amp; night. = One day & night.", "quote: Said. = Said.",
					"point: First = First", "point: Second = Second", "quote: Alone = Alone");
	}

	@Test
	void aLinkLeavesItsWordsAndNothingElsePasses() {
		assertThat(StoryBody.blocks(
				"<p>Go <a href='https://x.example' onclick='x()'>there</a><img src=x onerror=y><script>z</script>\uE000email\uE001</p>",
				""))
			.singleElement()
			.satisfies((block) -> assertThat(block).containsEntry("html", "Go there email")
				.containsEntry("text", "Go there email"));
	}

	@Test
	void whatIsNoMarkupStaysTextAndWordsWithoutBlocksAreOne() {
		assertThat(StoryBody.blocks("", "2 < 3 & \"so\"")).singleElement()
			.satisfies((block) -> assertThat(block).containsEntry("html", "2 &lt; 3 &amp; &quot;so&quot;")
				.containsEntry("text", "2 < 3 & \"so\""));
		assertThat(StoryBody.blocks("Only <b>words</b>", "plain")).singleElement()
			.satisfies((block) -> assertThat(block).containsEntry("html", "Only <b>words</b>"));
		assertThat(StoryBody.blocks(" ", " ")).isEmpty();
	}

	@Test
	void aWholeArticleIsToldAsFarAsItTakesToWantMore() {
		String paragraph = "<p>" + "word ".repeat(60) + "</p>";
		assertThat(StoryBody.blocks(paragraph.repeat(40), "")).hasSize(3);
		assertThat(StoryBody.blocks("<p><i>" + "word ".repeat(900) + "</i></p>", "")).singleElement()
			.satisfies((block) -> assertThat(block.get("text")).endsWith("…").hasSizeLessThan(910));
	}

}
