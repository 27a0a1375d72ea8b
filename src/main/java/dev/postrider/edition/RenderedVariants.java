package dev.postrider.edition;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

import dev.postrider.edition.EditionRenderer.Variant;
import dev.postrider.edition.JdbcEditionVariants.Combination;
import dev.postrider.mail.Letter;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The rows of {@code variant}; all by their primary key.
 */
@Component
class RenderedVariants {

	private static final String COLUMNS = "SELECT variant, selection, language, design, subject, html, text FROM variant ";

	private final JdbcClient jdbc;

	private final Clock clock;

	RenderedVariants(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	void clear(long editionId) {
		this.jdbc.sql("DELETE FROM variant WHERE edition_id = ?").param(editionId).update();
	}

	void keep(long editionId, int variant, Combination combination, String choices, Timed rendered) {
		Letter letter = rendered.letter();
		this.jdbc.sql("""
				INSERT INTO variant (edition_id, variant, choices, selection, language, design, subject, html, text,
				  rendered_at, render_micros, bytes)
				VALUES (:edition, :variant, :choices, :selection, :language, :design, :subject, :html, :text,
				  :now, :micros, :bytes)
				""")
			.param("edition", editionId)
			.param("variant", variant)
			.param("choices", choices)
			.param("selection", combination.selection())
			.param("language", combination.language())
			.param("design", combination.design())
			.param("subject", letter.subject())
			.param("html", letter.html())
			.param("text", letter.text())
			.param("now", this.clock.instant())
			.param("micros", rendered.micros())
			.param("bytes", bytes(letter.html()) + bytes(letter.text()))
			.update();
	}

	/** Replaces a body that is kept; where none is, there is nothing to replace. */
	void replace(long editionId, int variant, Letter letter) {
		this.jdbc.sql("""
				UPDATE variant SET subject = :subject, html = :html, text = :text, rendered_at = :now
				WHERE edition_id = :edition AND variant = :variant
				""")
			.param("edition", editionId)
			.param("variant", variant)
			.param("subject", letter.subject())
			.param("html", letter.html())
			.param("text", letter.text())
			.param("now", this.clock.instant())
			.update();
	}

	Optional<Variant> one(long editionId, int variant) {
		return this.jdbc.sql(COLUMNS + "WHERE edition_id = ? AND variant = ?")
			.params(editionId, variant)
			.query(RenderedVariants::variant)
			.optional();
	}

	List<Integer> keys(long editionId) {
		return this.jdbc.sql("SELECT variant FROM variant WHERE edition_id = ? ORDER BY variant")
			.param(editionId)
			.query(Integer.class)
			.list();
	}

	private static Variant variant(ResultSet row, int number) throws SQLException {
		return new Variant(row.getInt("variant"), row.getInt("selection"), row.getString("language"),
				row.getString("design"),
				new Letter(row.getString("subject"), row.getString("html"), row.getString("text")));
	}

	private static int bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

	/**
	 * A letter and how long it took.
	 *
	 * @param letter what was rendered
	 * @param micros microseconds
	 */
	record Timed(Letter letter, long micros) {
	}

}
