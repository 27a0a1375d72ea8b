package dev.postrider.edition;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import dev.postrider.mail.Designs;
import dev.postrider.mail.MailWords;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * All by primary keys that begin with the edition.
 */
@Component
class JdbcEditionVariants implements EditionVariants {

	private static final Comparator<Combination> ORDER = Comparator.comparingInt(Combination::selection)
		.thenComparing(Combination::language)
		.thenComparing(Combination::design);

	private final JdbcClient jdbc;

	private final Designs designs;

	private final MailWords words;

	JdbcEditionVariants(JdbcClient jdbc, Designs designs, MailWords words) {
		this.jdbc = jdbc;
		this.designs = designs;
		this.words = words;
	}

	@Override
	public Map<Choice, Integer> settle(long editionId, Collection<Choice> choices) {
		Combination own = own(editionId);
		Map<Choice, Combination> wanted = new HashMap<>();
		choices.stream()
			.filter((choice) -> choice.selection() != TopicVariants.NOTHING)
			.forEach((choice) -> wanted.put(choice, new Combination(choice.selection(),
					language(choice.language(), own.language()), design(choice.design(), own.design()))));
		Map<Combination, Integer> variants = number(own, wanted.values());
		this.jdbc.sql("DELETE FROM edition_variant WHERE edition_id = ?").param(editionId).update();
		variants.forEach((combination, variant) -> this.jdbc.sql("""
				INSERT INTO edition_variant (edition_id, variant, selection, language, design)
				VALUES (?, ?, ?, ?, ?)
				""")
			.params(editionId, variant, combination.selection(), combination.language(), combination.design())
			.update());
		Map<Choice, Integer> answer = new HashMap<>();
		choices.forEach((choice) -> {
			Combination combination = wanted.get(choice);
			answer.put(choice,
					(combination == null) ? TopicVariants.NOTHING : Objects.requireNonNull(variants.get(combination)));
		});
		return answer;
	}

	/** The edition itself is 1 where somebody gets it; the others follow in one order. */
	private static Map<Combination, Integer> number(Combination own, Collection<Combination> wanted) {
		Map<Combination, Integer> variants = new LinkedHashMap<>();
		if (wanted.contains(own)) {
			variants.put(own, TopicVariants.EDITION);
		}
		int variant = TopicVariants.EDITION;
		for (Combination each : wanted.stream().distinct().sorted(ORDER).toList()) {
			if (!each.equals(own)) {
				variants.put(each, ++variant);
			}
		}
		return variants;
	}

	private String language(@Nullable String wanted, String own) {
		return (wanted != null && this.words.languages().contains(wanted.toLowerCase(Locale.ROOT))) ? wanted : own;
	}

	private String design(@Nullable String wanted, String own) {
		return (wanted != null && this.designs.exists(wanted)) ? wanted : own;
	}

	private Combination own(long editionId) {
		return this.jdbc.sql("""
				SELECT n.language, n.design FROM edition e JOIN newsletter n ON n.id = e.newsletter_id WHERE e.id = ?
				""")
			.param(editionId)
			.query((row, number) -> new Combination(TopicVariants.EDITION, row.getString(1), row.getString(2)))
			.single();
	}

	/** The settled variants by their key; none before the audience is frozen. */
	Map<Integer, Combination> settled(long editionId) {
		Map<Integer, Combination> settled = new LinkedHashMap<>();
		this.jdbc.sql("""
				SELECT variant, selection, language, design FROM edition_variant WHERE edition_id = ? ORDER BY variant
				""").param(editionId).query((row) -> {
			settled.put(row.getInt(1), new Combination(row.getInt(2), row.getString(3), row.getString(4)));
		});
		return settled;
	}

	@Override
	public List<Cost> costs(long editionId) {
		return this.jdbc.sql("""
				SELECT variant, selection, language, design, render_micros, bytes FROM variant
				WHERE edition_id = ? AND variant <> ? ORDER BY variant
				""")
			.params(editionId, EditionRenderer.WEB_COPY)
			.query((row, number) -> new Cost(row.getInt(1), row.getInt(2), row.getString(3), row.getString(4),
					Duration.ofNanos(1000 * row.getLong(5)), row.getInt(6)))
			.list();
	}

	/**
	 * Stories, language and design.
	 */
	record Combination(int selection, String language, String design) {
	}

}
