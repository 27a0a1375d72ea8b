package dev.postrider.edition;

import java.util.Arrays;
import java.util.Map;

import dev.postrider.mail.Letter;
import dev.postrider.mail.LetterRenderer;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.testing.Figures;
import dev.postrider.testing.PostriderTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

/**
 * {@code mvn -q -Pbench verify -Dbench=render}: how long one variant takes, warm, in each
 * design: FreeMarker, MJML and the checks of both bodies, for ten stories of the sample
 * newsroom and for ten with everything there can be.
 */
@Tag("bench")
@Tag("render")
@PostriderTest
class RenderBenchmark {

	private static final int WARM_UP = 300;

	private static final int ROUNDS = 300;

	@Autowired
	private LetterRenderer letters;

	@Autowired
	private EditionModel model;

	@Test
	void render() {
		for (String design : SampleEditions.DESIGNS) {
			measure(design, "full", SampleEditions.full());
			measure(design, "maximal", SampleEditions.maximal());
		}
	}

	private void measure(String design, String stories, Edition edition) {
		Newsletter newsletter = SampleEditions.newsletter(design, "en");
		Map<String, Object> values = this.model.mail(edition, newsletter);
		String template = design + "/edition";
		for (int i = 0; i < WARM_UP; i++) {
			this.letters.render(template, values);
		}
		double[] millis = new double[ROUNDS];
		Letter letter = null;
		for (int i = 0; i < ROUNDS; i++) {
			long from = System.nanoTime();
			letter = this.letters.render(template, values);
			millis[i] = (System.nanoTime() - from) / 1e6;
		}
		Arrays.sort(millis);
		Figures.of("render")
			.add("design", design)
			.add("stories", stories)
			.add("html_bytes", (letter != null) ? letter.html().length() : 0)
			.add("median_millis", millis[ROUNDS / 2])
			.add("p95_millis", millis[ROUNDS * 95 / 100])
			.print();
	}

}
