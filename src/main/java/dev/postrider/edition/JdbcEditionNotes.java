package dev.postrider.edition;

import java.time.Clock;
import java.util.List;

import dev.postrider.SqlTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Notes in the database. Making the same note again, as a step does that is repeated,
 * makes no second one.
 */
@Component
class JdbcEditionNotes implements EditionNotes {

	private static final int LONGEST = 1000;

	private static final int LONGEST_KEY = 300;

	private final JdbcClient jdbc;

	private final Clock clock;

	JdbcEditionNotes(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/** By the unique key edition_note_once, which begins with the edition. */
	@Override
	public List<Note> of(long editionId) {
		return this.jdbc
			.sql("SELECT at, kind, story_id, words FROM edition_note WHERE edition_id = :edition ORDER BY at, id")
			.param("edition", editionId)
			.query((row, n) -> new Note(SqlTime.at(row, "at"), Kind.valueOf(row.getString("kind")),
					row.getObject("story_id", Long.class), row.getString("words")))
			.list();
	}

	@Override
	public void warned(long editionId, GateFinding warning) {
		write(editionId, Kind.WARNING, null, "gate:" + warning.key(), "Went out with a warning. " + warning.sentence());
	}

	void aboutStory(long editionId, Kind kind, long storyId, String words) {
		write(editionId, kind, storyId, "story:" + storyId, words);
	}

	void aboutHost(long editionId, Kind kind, String host, String readers, String words) {
		write(editionId, kind, null, "host:" + host + readers, words);
	}

	/** Hosts of feeds are what they are; as a key they are short and ascii. */
	private static String key(String about) {
		String ascii = about.replaceAll("[^\\x21-\\x7e]", "?");
		return (ascii.length() > LONGEST_KEY) ? ascii.substring(0, LONGEST_KEY) : ascii;
	}

	private void write(long editionId, Kind kind, @Nullable Long storyId, String about, String words) {
		this.jdbc.sql("""
				INSERT INTO edition_note (edition_id, at, kind, story_id, about, words)
				VALUES (:edition, :now, :kind, :story, :about, :words)
				ON DUPLICATE KEY UPDATE words = VALUES(words)
				""")
			.param("edition", editionId)
			.param("now", this.clock.instant())
			.param("kind", kind.name())
			.param("story", storyId)
			.param("about", key(about))
			.param("words", (words.length() > LONGEST) ? words.substring(0, LONGEST - 1) + "…" : words)
			.update();
	}

}
