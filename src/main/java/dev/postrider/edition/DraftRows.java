package dev.postrider.edition;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import dev.postrider.SqlTime;
import dev.postrider.edition.Edition.Pick;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads editions to change them, and writes them back. Inside one transaction: the
 * edition's row is locked first, so changes wait for each other.
 */
@Component
class DraftRows {

	private static final String CARRIED = """
			SELECT pick.story_id
			FROM edition earlier
			JOIN %s pick ON pick.edition_id = earlier.id
			JOIN story ON story.id = pick.story_id
			WHERE earlier.newsletter_id = :newsletter AND earlier.id <> :id
			  AND CASE WHEN earlier.started_at IS NOT NULL
			      THEN story.substantially_changed_at IS NULL OR story.substantially_changed_at <= earlier.started_at
			      ELSE earlier.status NOT IN ('CANCELLED', 'SKIPPED', 'MISSED')
			        AND (earlier.edition_date < :date OR (earlier.edition_date = :date AND earlier.number < :number))
			      END
			""";

	private final JdbcClient jdbc;

	private final EditionRows rows;

	private final StoredScores scores;

	private final Clock clock;

	DraftRows(JdbcClient jdbc, EditionRows rows, StoredScores scores, Clock clock) {
		this.jdbc = jdbc;
		this.rows = rows;
		this.scores = scores;
		this.clock = clock;
	}

	/** Locks an edition that may still be changed. */
	Draft lock(long editionId) {
		record Flags(boolean order, boolean subject, boolean preheader) {
		}
		Flags flags = this.jdbc
			.sql("SELECT order_edited, subject_edited, preheader_edited FROM edition WHERE id = :id FOR UPDATE")
			.param("id", editionId)
			.query((row, n) -> new Flags(row.getBoolean(1), row.getBoolean(2), row.getBoolean(3)))
			.optional()
			.orElseThrow(() -> new EditionException("There is no edition with id " + editionId + "."));
		Edition edition = this.rows.find(editionId).orElseThrow();
		if (!edition.status().isEditable()) {
			throw new EditionException("Edition " + edition.label() + " is " + edition.status()
					+ ". Only a draft or an approved edition can be changed.");
		}
		return new Draft(edition, flags.order(), flags.subject(), flags.preheader());
	}

	/** Stores what was changed; where nothing was, the version stays. */
	Edition save(Draft draft) {
		Edition before = draft.edition();
		if (!draft.isChanged()) {
			return before;
		}
		if (!draft.picks().equals(before.picks())) {
			writePicks(draft);
		}
		this.jdbc.sql("""
				UPDATE edition
				SET subject = :subject, subject_edited = :subjectEdited, preheader = :preheader,
				  preheader_edited = :preheaderEdited, intro = :intro, order_edited = :orderEdited,
				  changed_at = :now, version = version + 1
				WHERE id = :id
				""")
			.param("subject", draft.words().subject())
			.param("subjectEdited", draft.words().subjectEdited())
			.param("preheader", draft.words().preheader())
			.param("preheaderEdited", draft.words().preheaderEdited())
			.param("intro", draft.words().intro())
			.param("orderEdited", draft.orderEdited())
			.param("now", this.clock.instant())
			.param("id", before.id())
			.update();
		return this.rows.find(before.id()).orElseThrow();
	}

	private void writePicks(Draft draft) {
		long id = draft.edition().id();
		this.jdbc.sql("DELETE FROM edition_also WHERE edition_id = :id").param("id", id).update();
		this.jdbc.sql("DELETE FROM edition_pick WHERE edition_id = :id").param("id", id).update();
		for (Pick pick : draft.picks()) {
			this.jdbc
				.sql("""
						INSERT INTO edition_pick (edition_id, story_id, position, reason, pinned, headline, summary, score_parts)
						VALUES (:edition, :story, :position, :reason, :pinned, :headline, :summary, :parts)
						""")
				.param("edition", id)
				.param("story", pick.story().id())
				.param("position", pick.position())
				.param("reason", pick.reason())
				.param("pinned", pick.pinned())
				.param("headline", pick.rewrittenHeadline())
				.param("summary", pick.rewrittenSummary())
				.param("parts", this.scores.write(pick.score()))
				.update();
			writeAlso(id, pick);
		}
	}

	private void writeAlso(long editionId, Pick pick) {
		for (int i = 0; i < pick.also().size(); i++) {
			this.jdbc.sql("INSERT INTO edition_also (edition_id, story_id, also_id, position) VALUES (?, ?, ?, ?)")
				.params(editionId, pick.story().id(), pick.also().get(i).id(), i + 1)
				.update();
		}
	}

	void composed(long editionId) {
		this.jdbc.sql("UPDATE edition SET composed_at = :now WHERE id = :id")
			.param("now", this.clock.instant())
			.param("id", editionId)
			.update();
	}

	/** When it was last composed; by the primary key. */
	@Nullable Instant composedAt(long editionId) {
		return this.jdbc.sql("SELECT composed_at FROM edition WHERE id = :id")
			.param("id", editionId)
			.query((row, n) -> Optional.ofNullable(SqlTime.orNull(row, "composed_at")))
			.single()
			.orElse(null);
	}

	/**
	 * What an editor took out, or was gone from the web; by the primary key.
	 */
	Set<Long> dropped(long editionId) {
		return new HashSet<>(this.jdbc.sql("SELECT story_id FROM edition_drop WHERE edition_id = :id")
			.param("id", editionId)
			.query(Long.class)
			.list());
	}

	void drop(long editionId, long storyId) {
		this.jdbc
			.sql("INSERT INTO edition_drop (edition_id, story_id) VALUES (:edition, :story) "
					+ "ON DUPLICATE KEY UPDATE story_id = story_id")
			.param("edition", editionId)
			.param("story", storyId)
			.update();
	}

	void undrop(long editionId, long storyId) {
		this.jdbc.sql("DELETE FROM edition_drop WHERE edition_id = :edition AND story_id = :story")
			.param("edition", editionId)
			.param("story", storyId)
			.update();
	}

	/**
	 * What may not stand in this newsletter; by the primary key of the stories' table.
	 */
	Set<Long> banned(long newsletterId) {
		return new HashSet<>(this.jdbc.sql("SELECT story_id FROM story_ban WHERE newsletter_id = :newsletter")
			.param("newsletter", newsletterId)
			.query(Long.class)
			.list());
	}

	/**
	 * What readers of the newsletter have had, or will have had when this edition comes,
	 * and what is not substantially different since: by the unique key edition_number,
	 * then the picks' primary key. Whoever changes topics gets no repeat either: what
	 * only readers of some topics had counts too. An edition that was begun has reached
	 * readers, even when it was cancelled.
	 */
	Set<Long> carriedBefore(Edition edition) {
		return new HashSet<>(
				this.jdbc.sql(CARRIED.formatted("edition_pick") + " UNION " + CARRIED.formatted("variant_pick"))
					.param("newsletter", edition.newsletterId())
					.param("id", edition.id())
					.param("date", edition.date())
					.param("number", edition.number())
					.query(Long.class)
					.list());
	}

}
