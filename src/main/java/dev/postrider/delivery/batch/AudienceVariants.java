package dev.postrider.delivery.batch;

import java.util.HashMap;
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

	private static final String CHOSE_NOTHING = "u.topics IS NULL AND u.language IS NULL AND u.design IS NULL";

	private static final String CHOICE = """
			UNHEX(SHA2(CONCAT_WS(';', COALESCE(u.language, ''), COALESCE(u.design, ''), u.topics), 256))""";

	/**
	 * The variant of a row of {@link AudienceRule#CANDIDATES}, once {@link #settle} was
	 * called in the same session; NULL for a choice that was made since. Wants
	 * {@code :plain}, what {@link #settle} gave.
	 */
	static final String VARIANT = """
			CASE WHEN %s THEN :plain ELSE (SELECT c.variant FROM chosen_variant c WHERE c.choice = %s) END
			""".formatted(CHOSE_NOTHING, CHOICE);

	private final JdbcClient jdbc;

	private final JdbcTemplate batch;

	private final TopicVariants selections;

	private final EditionVariants variants;

	AudienceVariants(JdbcClient jdbc, JdbcTemplate batch, TopicVariants selections, EditionVariants variants) {
		this.jdbc = jdbc;
		this.batch = batch;
		this.selections = selections;
		this.variants = variants;
	}

	/**
	 * Settles the variants of all choices there are now, for this session's temporary
	 * table {@code chosen_variant}.
	 * @return the variant of those who chose nothing; {@code null} when there are none
	 * @throws NewChoiceException when somebody chose topics that nothing was picked for
	 */
	@Nullable Integer settle(Audience.Frozen edition) {
		Map<String, ReadersChoice> chosen = chosen(edition);
		Map<Topics, Integer> known = this.selections.known(edition.id());
		ReadersChoice nothing = new ReadersChoice(Topics.of(null), null, null);
		boolean plain = choseNothing(edition);
		if (plain && !known.containsKey(nothing.topics())
				|| !chosen.values().stream().allMatch((choice) -> known.containsKey(choice.topics()))) {
			throw new NewChoiceException();
		}
		Map<String, EditionVariants.Choice> choices = new HashMap<>();
		chosen.forEach((key, choice) -> choices.put(key, choice.of(known)));
		if (plain) {
			choices.put("", nothing.of(known));
		}
		Map<EditionVariants.Choice, Integer> settled = this.variants.settle(edition.id(), choices.values());
		EditionVariants.Choice none = choices.remove("");
		this.jdbc.sql("DROP TEMPORARY TABLE IF EXISTS chosen_variant").update();
		this.jdbc
			.sql("CREATE TEMPORARY TABLE chosen_variant (choice BINARY(32) NOT NULL PRIMARY KEY, variant INT NOT NULL)")
			.update();
		this.batch.batchUpdate("INSERT INTO chosen_variant (choice, variant) VALUES (UNHEX(?), ?)", choices.entrySet(),
				1000, (statement, entry) -> {
					statement.setString(1, entry.getKey());
					statement.setInt(2, Objects.requireNonNull(settled.get(entry.getValue())));
				});
		return (none != null) ? settled.get(none) : null;
	}

	/** Ends at the first one, mostly soon. */
	private boolean choseNothing(Audience.Frozen edition) {
		return edition
			.bind(this.jdbc.sql("SELECT EXISTS (SELECT 1 " + AudienceRule.CANDIDATES + " AND " + CHOSE_NOTHING
					+ " AND (" + AudienceRule.REASON + ") IS NULL)"))
			.query(Boolean.class)
			.single();
	}

	/** What readers chose, each choice once. */
	private Map<String, ReadersChoice> chosen(Audience.Frozen edition) {
		Map<String, ReadersChoice> chosen = new HashMap<>();
		edition
			.bind(this.jdbc.sql("SELECT HEX(choice), MIN(topics), MIN(language), MIN(design) FROM (SELECT " + CHOICE
					+ " AS choice," + " u.topics, u.language, u.design " + AudienceRule.CANDIDATES + " AND NOT ("
					+ CHOSE_NOTHING + ") AND (" + AudienceRule.REASON + ") IS NULL) choosers GROUP BY choice"))
			.query((row) -> {
				chosen.put(row.getString(1),
						new ReadersChoice(Topics.of(row.getString(2)), row.getString(3), row.getString(4)));
			});
		return chosen;
	}

	private record ReadersChoice(Topics topics, @Nullable String language, @Nullable String design) {

		EditionVariants.Choice of(Map<Topics, Integer> selections) {
			return new EditionVariants.Choice(Objects.requireNonNull(selections.get(this.topics)), this.language,
					this.design);
		}

	}

	/** Rolls back: picking takes its time, and nothing is to be locked meanwhile. */
	@SuppressWarnings("serial")
	static final class NewChoiceException extends RuntimeException {

	}

}
