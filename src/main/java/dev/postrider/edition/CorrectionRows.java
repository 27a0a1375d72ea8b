package dev.postrider.edition;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.postrider.SqlTime;
import dev.postrider.edition.Corrections.Correction;
import dev.postrider.edition.Edition.Pick;
import dev.postrider.newsletter.Newsletter;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Corrections as they are stored, and the editions they concern.
 */
@Component
class CorrectionRows {

	private final JdbcClient jdbc;

	private final Clock clock;

	CorrectionRows(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	Correction add(long storyId, String words, String actor) {
		Correction correction = new Correction(storyId, this.clock.instant(), words, actor);
		this.jdbc.sql("INSERT INTO correction (story_id, at, words, made_by) VALUES (?, ?, ?, ?)")
			.params(storyId, correction.at(), words, actor)
			.update();
		return correction;
	}

	/** Index correction_story. */
	Map<Long, List<Correction>> of(Collection<Long> storyIds) {
		if (storyIds.isEmpty()) {
			return Map.of();
		}
		return this.jdbc
			.sql("SELECT story_id, at, words, made_by FROM correction WHERE story_id IN (:stories) ORDER BY at, id")
			.param("stories", storyIds)
			.query((row, n) -> new Correction(row.getLong("story_id"), SqlTime.at(row, "at"), row.getString("words"),
					row.getString("made_by")))
			.list()
			.stream()
			.collect(Collectors.groupingBy(Correction::storyId, TreeMap::new, Collectors.toList()));
	}

	/**
	 * Editions with the story whose sending began, those included where only readers of
	 * some topics had it; index edition_pick_story, that of the foreign key, and the
	 * primary key of edition_variant.
	 */
	List<Long> mailed(long storyId) {
		return this.jdbc.sql("""
				SELECT edition.id FROM edition_pick pick JOIN edition ON edition.id = pick.edition_id
				WHERE pick.story_id = :story AND edition.started_at IS NOT NULL
				UNION
				SELECT edition.id FROM variant_pick pick JOIN edition ON edition.id = pick.edition_id
				WHERE pick.story_id = :story AND edition.started_at IS NOT NULL
				  AND EXISTS (SELECT 1 FROM edition_variant variant
				    WHERE variant.edition_id = pick.edition_id AND variant.selection = pick.variant)
				ORDER BY id
				""").param("story", storyId).query(Long.class).list();
	}

	/** The story as the mailed edition told it, for an editor to put right. */
	void carry(long editionId, Pick pick) {
		this.jdbc.sql("""
				INSERT INTO edition_pick (edition_id, story_id, position, reason, pinned, headline, summary)
				VALUES (:edition, :story, 1, 'It is corrected', TRUE, :headline, :summary)
				""")
			.param("edition", editionId)
			.param("story", pick.story().id())
			.param("headline", pick.rewrittenHeadline())
			.param("summary", pick.rewrittenSummary())
			.update();
	}

	/**
	 * Whether who had an edition is no longer kept one by one. Reads what is committed
	 * last, also after {@link #open} has locked its row by the foreign key.
	 */
	boolean isCompacted(long editionId) {
		return this.jdbc.sql("SELECT compacted_at IS NOT NULL FROM edition WHERE id = ? LOCK IN SHARE MODE")
			.param(editionId)
			.query(Boolean.class)
			.single();
	}

	/**
	 * Makes the next number of the date, whoever else makes one at the same time: the
	 * newsletter's row is locked.
	 * @return its key
	 */
	long open(Edition mailed, Newsletter newsletter, long storyId) {
		this.jdbc.sql("SELECT id FROM newsletter WHERE id = ? FOR UPDATE")
			.param(newsletter.id())
			.query(Long.class)
			.single();
		LocalDate date = mailed.date();
		int number = this.jdbc.sql("SELECT MAX(number) + 1 FROM edition WHERE newsletter_id = ? AND edition_date = ?")
			.params(newsletter.id(), date)
			.query(Integer.class)
			.single();
		this.jdbc.sql("""
				INSERT INTO edition
				  (newsletter_id, edition_date, number, status, due_at, useless_after, corrects_id, corrects_story_id,
				   created_at, changed_at)
				VALUES (:newsletter, :date, :number, 'DRAFT', :now, :useless, :corrects, :story, :now, :now)
				""")
			.param("newsletter", newsletter.id())
			.param("date", date)
			.param("number", number)
			.param("useless", this.clock.instant().plus(newsletter.uselessAfter()))
			.param("corrects", mailed.id())
			.param("story", storyId)
			.param("now", this.clock.instant())
			.update();
		return this.jdbc.sql("SELECT id FROM edition WHERE newsletter_id = ? AND edition_date = ? AND number = ?")
			.params(newsletter.id(), date, number)
			.query(Long.class)
			.single();
	}

}
