package dev.postrider.edition.gate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.postrider.edition.Edition.Pick;
import dev.postrider.edition.GateFinding;

import org.springframework.stereotype.Component;

/**
 * Both parts of the mail carry the same stories and lead to the same places: who reads
 * plain text gets no lesser mail, and spam filters compare the two.
 */
@Component
class TextPartRule implements GateRule {

	private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>\"“”]+");

	private static final int TOLD = 3;

	@Override
	public String name() {
		return "text-part";
	}

	@Override
	public List<GateFinding> check(GateLetter letter) {
		Set<String> inHtml = letter.html()
			.select("a[href]")
			.stream()
			.map((link) -> Links.ascii(link.attr("href")))
			.filter(Links::isWeb)
			.collect(Collectors.toCollection(LinkedHashSet::new));
		Set<String> inText = ADDRESS.matcher(letter.letter().text())
			.results()
			.map((found) -> Links.ascii(found.group()))
			.collect(Collectors.toCollection(LinkedHashSet::new));
		List<GateFinding> findings = new ArrayList<>();
		Set<String> ofStories = new TreeSet<>();
		for (Pick pick : letter.picks()) {
			String address = Links.ascii(pick.story().url());
			ofStories.add(address);
			findings.addAll(story(letter, pick, Links.isWeb(address) ? address : null, inHtml, inText));
		}
		others(inHtml, inText, ofStories, "text", "HTML", findings);
		others(inText, inHtml, ofStories, "HTML", "text", findings);
		return findings;
	}

	private List<GateFinding> story(GateLetter letter, Pick pick, @org.jspecify.annotations.Nullable String address,
			Set<String> inHtml, Set<String> inText) {
		String headline = GateLetter.line(pick.headline());
		List<GateFinding> findings = new ArrayList<>();
		compare("headline", letter.words().contains(headline), letter.textWords().contains(headline), headline,
				findings);
		if (address != null) {
			compare("link", inHtml.contains(address), has(inText, address), headline, findings);
		}
		return findings;
	}

	private void compare(String what, boolean html, boolean text, String headline, List<GateFinding> findings) {
		if (!html || !text) {
			String parts = html ? "the text part" : text ? "the HTML part" : "both parts";
			findings.add(GateFinding.error(name(),
					"The story's %s is missing in %s. Both of the design's templates have to show every story."
						.formatted(what, parts),
					GateLetter.quoted(headline)));
		}
	}

	private void others(Set<String> here, Set<String> there, Set<String> stories, String missingIn, String standsIn,
			List<GateFinding> findings) {
		List<String> missing = here.stream()
			.filter((address) -> !stories.contains(address) && !has(there, address))
			.toList();
		if (!missing.isEmpty()) {
			String told = missing.stream().limit(TOLD).collect(Collectors.joining(", "));
			findings.add(GateFinding.warning(name(),
					"Links that only the %s part has: %s%s. Its readers alone can follow them.".formatted(standsIn,
							told, (missing.size() > TOLD) ? " and " + (missing.size() - TOLD) + " more" : ""),
					"Links missing in the " + missingIn + " part"));
		}
	}

	/** In running text an address may be followed by what ends the sentence. */
	private static boolean has(Set<String> addresses, String wanted) {
		return addresses.contains(wanted) || addresses.stream()
			.anyMatch((each) -> each.replaceAll("[.,;:!?)\\]]+$", "").equals(wanted)
					|| wanted.replaceAll("[.,;:!?)\\]]+$", "").equals(each));
	}

}
