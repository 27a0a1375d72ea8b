package dev.postrider.story.pick;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import dev.postrider.story.Story;
import dev.postrider.story.StoryKind;

/**
 * News of invented events in invented words that are as unevenly frequent as those of a
 * language; every event is told one to four times, by sources that choose their words.
 */
public final class Wire {

	private static final int WORDS = 60_000;

	private final Random random;

	private final Instant until;

	private final List<String> vocabulary = new ArrayList<>();

	private final List<String> names = new ArrayList<>();

	public Wire(long seed, Instant until) {
		this.random = new Random(seed);
		this.until = until;
		Set<String> words = new LinkedHashSet<>();
		while (words.size() < WORDS) {
			words.add(word(2 + (int) Math.round(Math.log10(words.size() + 1) / 1.6) + this.random.nextInt(2)));
		}
		this.vocabulary.addAll(words);
		for (int i = 0; i < WORDS / 2; i++) {
			String name = word(3);
			this.names.add(Character.toUpperCase(name.charAt(0)) + name.substring(1));
		}
	}

	/** Stories of three days; the url of one names its event. */
	public List<Story> stories(int count) {
		List<Story> stories = new ArrayList<>();
		for (int event = 0; stories.size() < count; event++) {
			List<String> subject = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				subject.add(frequent(this.vocabulary, 300));
			}
			for (int i = 0; i < 4; i++) {
				subject.add(frequent(this.names, 0));
			}
			subject.add(String.valueOf(2 + this.random.nextInt(900)));
			Instant at = this.until.minus(Duration.ofMinutes(this.random.nextInt(3 * 24 * 60)));
			int told = 1 + this.random.nextInt(4);
			for (int i = 0; i < told && stories.size() < count; i++) {
				stories.add(story(stories.size() + 1, "https://wire.example/" + event + "/" + i, text(subject, 9, 0.7),
						text(subject, 28, 0.35), at.plus(Duration.ofMinutes(this.random.nextInt(240)))));
			}
		}
		return stories;
	}

	private static Story story(long id, String url, String headline, String summary, Instant at) {
		return new Story(id, null, url, headline, summary, "", null, List.of(), null, StoryKind.NEWS, null, null, null,
				List.of(), null, at, null, null, at, at);
	}

	private String text(List<String> subject, int words, double ofSubject) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < words; i++) {
			String word = (this.random.nextDouble() < ofSubject) ? subject.get(this.random.nextInt(subject.size()))
					: frequent(this.vocabulary, 0);
			text.append(text.isEmpty() ? "" : " ").append(word);
		}
		return text.toString();
	}

	/** By Zipf's law: the word of rank r comes about 1/r as often as the first. */
	private String frequent(List<String> words, int beyond) {
		int rank = (int) Math.exp(this.random.nextDouble() * Math.log(words.size() - beyond));
		return words.get(Math.min(words.size() - 1, rank + beyond));
	}

	private String word(int syllables) {
		StringBuilder word = new StringBuilder();
		for (int i = 0; i < syllables; i++) {
			word.append("bcdfghklmnprstvwz".charAt(this.random.nextInt(17)))
				.append("aeiouy".charAt(this.random.nextInt(6)));
		}
		return word.toString();
	}

}
