package dev.postrider.edition.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.postrider.edition.GateFinding;
import org.jsoup.nodes.Element;

import org.springframework.stereotype.Component;

/**
 * Pictures say what they show, for readers who do not see them: without {@code alt} a
 * screen reader spells the address. An empty one marks decoration, which a small picture
 * may be and a story's should not.
 */
@Component
class AltRule implements GateRule {

	private static final Pattern FILE = Pattern.compile("(?i)\\S+\\.(jpe?g|png|gif|webp)");

	/** In pixels; below are spacers, rules and signs. */
	private static final int SMALL = 48;

	@Override
	public String name() {
		return "alt";
	}

	@Override
	public List<GateFinding> check(GateLetter letter) {
		List<GateFinding> findings = new ArrayList<>();
		for (Element image : letter.html().select("img")) {
			String place = "Picture of " + GateLetter.place(image);
			String alt = GateLetter.line(image.attr("alt"));
			if (!image.hasAttr("alt")) {
				findings.add(GateFinding.error(name(),
						"It has no alt text at all, so screen readers spell its address. The template has to give one.",
						place));
			}
			else if (alt.isEmpty() && width(image) >= SMALL) {
				findings.add(GateFinding.warning(name(),
						"Nobody has described it: readers who do not see pictures miss it. The source has to say what it shows.",
						place));
			}
			else if (FILE.matcher(alt).matches()) {
				findings.add(GateFinding.warning(name(),
						"Its alt text is a file's name, “" + alt + "”: that tells nobody what it shows.", place));
			}
		}
		return findings;
	}

	/** One that tells no width may be large. */
	private static int width(Element image) {
		String width = image.attr("width").replaceAll("\\D.*", "");
		return width.isEmpty() || width.length() > 5 ? Integer.MAX_VALUE : Integer.parseInt(width);
	}

}
