package dev.postrider.newsletter;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Picking rules in the database; everything by a primary key that begins with the
 * newsletter.
 */
@Component
class StoredRules {

	private final JdbcClient jdbc;

	private final TransactionOperations transactions;

	private final Clock clock;

	StoredRules(JdbcClient jdbc, TransactionOperations transactions, Clock clock) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.clock = clock;
	}

	PickingRules of(long newsletterId) {
		Map<String, Double> weights = new HashMap<>();
		Map<String, Integer> most = new HashMap<>();
		Map<String, Quota> kinds = new HashMap<>();
		this.jdbc.sql("SELECT section, weight, most FROM section_rule WHERE newsletter_id = ?")
			.param(newsletterId)
			.query((row) -> {
				String section = row.getString("section");
				Double weight = row.getObject("weight", Double.class);
				Integer limit = row.getObject("most", Integer.class);
				if (weight != null) {
					weights.put(section, weight);
				}
				if (limit != null) {
					most.put(section, limit);
				}
			});
		this.jdbc.sql("SELECT kind, least, most FROM kind_quota WHERE newsletter_id = ?")
			.param(newsletterId)
			.query((row) -> {
				kinds.put(row.getString("kind"), new Quota(row.getInt("least"), row.getInt("most")));
			});
		return this.jdbc.sql("SELECT * FROM picking_rules WHERE newsletter_id = ?")
			.param(newsletterId)
			.query((row, n) -> new PickingRules(weights(row), Duration.ofMinutes(row.getInt("half_life_minutes")),
					weights, most, kinds, row.getInt("minimum_stories"), SlowNews.valueOf(row.getString("slow_news"))))
			.optional()
			.orElse(PickingRules.DEFAULT);
	}

	private static Weights weights(ResultSet row) throws SQLException {
		return new Weights(row.getDouble("position_weight"), row.getDouble("section_weight"),
				row.getDouble("recency_weight"), row.getDouble("boost_weight"), row.getDouble("engagement_weight"),
				row.getDouble("sources_weight"), row.getDouble("image_weight"));
	}

	void change(long newsletterId, PickingRules rules) {
		this.transactions.executeWithoutResult((status) -> {
			// The newsletter's row is locked first, so two changes wait for each other.
			this.jdbc.sql("SELECT id FROM newsletter WHERE id = ? FOR UPDATE")
				.param(newsletterId)
				.query(Long.class)
				.optional()
				.orElseThrow(
						() -> new IllegalArgumentException("There is no newsletter with id " + newsletterId + "."));
			for (String table : new String[] { "picking_rules", "section_rule", "kind_quota" }) {
				this.jdbc.sql("DELETE FROM " + table + " WHERE newsletter_id = ?").param(newsletterId).update();
			}
			insert(newsletterId, rules);
		});
	}

	private void insert(long newsletterId, PickingRules rules) {
		Weights weights = rules.weights();
		this.jdbc
			.sql("""
					INSERT INTO picking_rules (newsletter_id, position_weight, section_weight, recency_weight, boost_weight,
					  engagement_weight, sources_weight, image_weight, half_life_minutes, minimum_stories, slow_news, changed_at)
					VALUES (:newsletter, :position, :section, :recency, :boost, :engagement, :sources, :image, :halfLife,
					  :minimum, :slowNews, :now)
					""")
			.param("newsletter", newsletterId)
			.param("position", weights.position())
			.param("section", weights.section())
			.param("recency", weights.recency())
			.param("boost", weights.boost())
			.param("engagement", weights.engagement())
			.param("sources", weights.sources())
			.param("image", weights.image())
			.param("halfLife", rules.halfLife().toMinutes())
			.param("minimum", rules.minimum())
			.param("slowNews", rules.slowNews().name())
			.param("now", this.clock.instant())
			.update();
		TreeSet<String> sections = new TreeSet<>(rules.sectionWeights().keySet());
		sections.addAll(rules.sectionMost().keySet());
		for (String section : sections) {
			this.jdbc.sql("""
					INSERT INTO section_rule (newsletter_id, section, weight, most)
					VALUES (:newsletter, :section, :weight, :most)
					""")
				.param("newsletter", newsletterId)
				.param("section", section)
				.param("weight", rules.sectionWeights().get(section))
				.param("most", rules.sectionMost().get(section))
				.update();
		}
		rules.kinds()
			.forEach((kind, quota) -> this.jdbc
				.sql("INSERT INTO kind_quota (newsletter_id, kind, least, most) VALUES (?, ?, ?, ?)")
				.params(newsletterId, kind, quota.least(), quota.most())
				.update());
	}

}
