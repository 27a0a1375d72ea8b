package dev.postrider.delivery.batch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.postrider.delivery.AudienceRule;
import dev.postrider.edition.EditionVariants;
import dev.postrider.edition.TopicVariants;
import dev.postrider.edition.Topics;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Which variant each reader gets. Those who chose nothing, mostly by far the most, are
 * not looked at one by one; of the others each choice is settled once.
 */
@Repository
class AudienceVariants {

	private static final String CHOICE = """
			UNHEX(SHA2(CONCAT_WS(';', COALESCE(u.language, ''), COALESCE(u.design, ''), u.topics), 256))""";

	/**
	 * The variant of a row of {@link AudienceRule#CANDIDATES}, once {@link #settle} was
	 * called in the same session; NULL for a choice that it was not told of. Wants
	 * {@code :plain}, what {@link #settle} gave.
	 */
	static final String VARIANT = """
			CASE WHEN u.topics IS NULL AND u.language IS NULL AND u.design IS NULL THEN :plain ELSE (SELECT c.variant FROM chosen_variant c WHERE c.choice = %s) END
			"""
		.formatted(CHOICE);

	private final JdbcClient jdbc;

	private final JdbcTemplate batch;

	private final EditionVariants variants;

	AudienceVariants(JdbcClient jdbc, JdbcTemplate batch, EditionVariants variants) {
		this.jdbc = jdbc;
		this.batch = batch;
		this.variants = variants;
	}

	/** What this edition's readers chose, as it stands. */
	Choices chosen(Audience.Frozen edition) {
		return new Choices(choseNothing(edition), choosers(edition));
	}

	/**
	 * Settles the variants of choices, for this session's temporary table
	 * {@code chosen_variant}.
	 * @param choices of the readers
	 * @param known the stories of their topics
	 * @return the variant of those who chose nothing; {@code null} when there are none
	 */
	@Nullable Integer settle(Audience.Frozen edition, Choices choices, Map<Topics, Integer> known) {
		Map<String, EditionVariants.Choice> wanted = new HashMap<>();
		choices.made().forEach((key, choice) -> wanted.put(key, choice.of(known)));
		if (choices.none()) {
			wanted.put("", new EditionVariants.Choice(TopicVariants.EDITION, null, null));
		}
		Map<EditionVariants.Choice, Integer> settled = this.variants.settle(edition.id(), wanted.values());
		EditionVariants.Choice none = wanted.remove("");
		this.jdbc.sql("DROP TEMPORARY TABLE IF EXISTS chosen_variant").update();
		this.jdbc
			.sql("CREATE TEMPORARY TABLE chosen_variant (choice BINARY(32) NOT NULL PRIMARY KEY, variant INT NOT NULL)")
			.update();
		this.batch.batchUpdate("INSERT INTO chosen_variant (choice, variant) VALUES (UNHEX(?), ?)", wanted.entrySet(),
				1000, (statement, entry) -> {
					statement.setString(1, entry.getKey());
					statement.setInt(2, Objects.requireNonNull(settled.get(entry.getValue())));
				});
		return (none != null) ? settled.get(none) : null;
	}

	/** Ends at the first one, mostly soon. */
	private boolean choseNothing(Audience.Frozen edition) {
		return edition.bind(this.jdbc.sql("SELECT EXISTS (SELECT 1 " + AudienceRule.CANDIDATES
				+ " AND u.chose IS NULL AND (" + AudienceRule.REASON + ") IS NULL)"))
			.query(Boolean.class)
			.single();
	}

	private Map<String, ReadersChoice> choosers(Audience.Frozen edition) {
		Map<String, ReadersChoice> chosen = new HashMap<>();
		edition
			.bind(this.jdbc.sql("SELECT HEX(choice), MIN(topics), MIN(language), MIN(design) FROM (SELECT " + CHOICE
					+ " AS choice," + " u.topics, u.language, u.design " + AudienceRule.CANDIDATES
					+ " AND u.chose = TRUE AND (" + AudienceRule.REASON + ") IS NULL) choosers GROUP BY choice"))
			.query((row) -> {
				chosen.put(row.getString(1),
						new ReadersChoice(Topics.of(row.getString(2)), row.getString(3), row.getString(4)));
			});
		return chosen;
	}

	/**
	 * What readers chose.
	 *
	 * @param none whether somebody chose nothing
	 * @param made each other choice once, by its hash
	 */
	record Choices(boolean none, Map<String, ReadersChoice> made) {

		List<Topics> topics() {
			return this.made.values().stream().map(ReadersChoice::topics).distinct().toList();
		}

	}

	/**
	 * One choice; {@code null} where the newsletter's was left.
	 */
	record ReadersChoice(Topics topics, @Nullable String language, @Nullable String design) {

		EditionVariants.Choice of(Map<Topics, Integer> selections) {
			return new EditionVariants.Choice(Objects.requireNonNull(selections.get(this.topics)), this.language,
					this.design);
		}

	}

}
