package dev.postrider.edition.gate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.postrider.edition.Edition.Pick;
import dev.postrider.edition.GateFinding;
import dev.postrider.story.Story;
import org.jsoup.nodes.Element;

import org.springframework.stereotype.Component;

/**
 * No article is offered twice: neither as two stories, nor as a story and again as a link
 * below another one. A story's picture and its button lead where its headline leads, and
 * are not counted.
 */
@Component
class DuplicateLinkRule implements GateRule {

	/** A shortened title still begins like this. */
	private static final int BEGINNING = 60;

	@Override
	public String name() {
		return "duplicate-link";
	}

	@Override
	public List<GateFinding> check(GateLetter letter) {
		Set<String> titles = titles(letter);
		Map<String, List<String>> offered = new LinkedHashMap<>();
		for (Element link : letter.html().select("a[href]")) {
			String words = GateLetter.line(link.text());
			if (titles.contains(beginning(words))) {
				offered.computeIfAbsent(Links.page(link.attr("href")), (any) -> new ArrayList<>()).add(words);
			}
		}
		List<GateFinding> findings = new ArrayList<>();
		offered.forEach((address, words) -> {
			if (words.size() > 1) {
				findings.add(GateFinding
					.warning(name(), "The same article is offered %d times, as %s. Drop one of them.".formatted(
							words.size(),
							words.stream().distinct().map(GateLetter::quoted).collect(Collectors.joining(" and as "))),
							"Links to " + address));
			}
		});
		findings.addAll(sameHeadlines(letter));
		return findings;
	}

	/** Two articles that read the same in the list are as good as one. */
	private List<GateFinding> sameHeadlines(GateLetter letter) {
		Map<String, Integer> seen = new HashMap<>();
		return letter.picks()
			.stream()
			.filter((pick) -> seen.merge(GateLetter.line(pick.headline()).toLowerCase(java.util.Locale.ROOT), 1,
					Integer::sum) == 2)
			.map((pick) -> GateFinding.warning(name(), "Two stories have this headline. Drop or rewrite one of them.",
					GateLetter.quoted(pick.headline())))
			.toList();
	}

	private static Set<String> titles(GateLetter letter) {
		return letter.picks().stream().flatMap(DuplicateLinkRule::titles).collect(Collectors.toSet());
	}

	private static Stream<String> titles(Pick pick) {
		return Stream
			.concat(Stream.of(pick.headline()),
					Stream.concat(pick.also().stream().map(Story::headline),
							pick.story().related().stream().map(Story.Link::title)))
			.map(GateLetter::line)
			.filter((title) -> !title.isEmpty())
			.map(DuplicateLinkRule::beginning);
	}

	private static String beginning(String title) {
		return (title.length() > BEGINNING) ? title.substring(0, BEGINNING) : title;
	}

}
