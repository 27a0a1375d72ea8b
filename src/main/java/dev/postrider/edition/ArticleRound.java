package dev.postrider.edition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.postrider.edition.EditionNotes.Kind;
import dev.postrider.story.Articles;
import dev.postrider.story.Articles.Answer;
import dev.postrider.story.Story;

import org.springframework.stereotype.Component;

/**
 * Finds which stories of an edition are gone from the web, and notes what could not be
 * asked for.
 */
@Component
class ArticleRound {

	/** As often others are asked for that came in place of those that were gone. */
	static final int MOST = 5;

	private final Articles articles;

	private final JdbcEditionNotes notes;

	ArticleRound(Articles articles, JdbcEditionNotes notes) {
		this.articles = articles;
		this.notes = notes;
	}

	/**
	 * Asks.
	 * @param editionId whose notes to write
	 * @param stories whose articles
	 * @param readers of the stories, for the note: blank, or {@code  for readers of …}
	 * @return the stories that are gone, and their servers' answers
	 */
	Map<Long, Answer> gone(long editionId, Collection<Story> stories, String readers) {
		Map<Long, Answer> gone = new HashMap<>();
		Map<String, List<Answer>> unknown = new TreeMap<>();
		this.articles.ask(stories).forEach((story, answer) -> {
			switch (answer.state()) {
				case GONE -> gone.put(story, answer);
				case UNKNOWN -> unknown.computeIfAbsent(answer.host(), (host) -> new ArrayList<>()).add(answer);
				case THERE -> {
					// As it should be.
				}
			}
		});
		unknown.forEach((host, answers) -> this.notes.aboutHost(editionId, Kind.UNCHECKED, host, readers,
				((answers.size() == 1) ? "One article of %s%s could not be checked: %s. It stays."
						: answers.size() + " articles of %s%s could not be checked: %s. They stay.")
					.formatted(host, readers,
							answers.stream().map(Answer::words).distinct().collect(Collectors.joining("; ")))));
		return gone;
	}

}
