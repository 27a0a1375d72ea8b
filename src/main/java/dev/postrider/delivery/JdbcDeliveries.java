package dev.postrider.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.postrider.SqlTime;
import dev.postrider.edition.Edition;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcDeliveries implements Deliveries {

	private final JdbcClient jdbc;

	private final Newsletters newsletters;

	private final MessageIds ids;

	JdbcDeliveries(JdbcClient jdbc, Newsletters newsletters, MessageIds ids) {
		this.jdbc = jdbc;
		this.newsletters = newsletters;
		this.ids = ids;
	}

	/** A range of the primary key, and a few rows of old editions; one look at both. */
	@Override
	public Map<DeliveryStatus, Integer> counts(long editionId) {
		Map<DeliveryStatus, Integer> counts = new EnumMap<>(DeliveryStatus.class);
		for (DeliveryStatus status : DeliveryStatus.values()) {
			counts.put(status, 0);
		}
		this.jdbc.sql("""
				SELECT status, SUM(readers) FROM (
				  SELECT status, COUNT(*) AS readers FROM delivery WHERE edition_id = :edition GROUP BY status
				  UNION ALL SELECT status, readers FROM delivery_total WHERE edition_id = :edition) AS kept
				GROUP BY status
				""").param("edition", editionId).query((row) -> {
			counts.put(DeliveryStatus.valueOf(row.getString(1)), row.getInt(2));
		});
		return counts;
	}

	@Override
	public Map<String, Integer> exclusions(long editionId) {
		Map<String, Integer> exclusions = new TreeMap<>();
		this.jdbc.sql("SELECT reason, readers FROM delivery_exclusion WHERE edition_id = ?")
			.param(editionId)
			.query((row) -> {
				exclusions.put(row.getString(1), row.getInt(2));
			});
		return exclusions;
	}

	/** The ledger lies in the order of variants: its last row tells. */
	@Override
	public boolean isTopical(long editionId) {
		return this.jdbc.sql("SELECT variant > 1 FROM delivery WHERE edition_id = ? ORDER BY seq DESC LIMIT 1")
			.param(editionId)
			.query(Boolean.class)
			.optional()
			.orElseGet(() -> this.jdbc
				.sql("SELECT EXISTS (SELECT 1 FROM delivery_total WHERE edition_id = ? AND variant > 1)")
				.param(editionId)
				.query(Boolean.class)
				.single());
	}

	/** A range of the primary key. */
	@Override
	public Map<Integer, Integer> readersByVariant(long editionId) {
		Map<Integer, Integer> readers = new TreeMap<>();
		this.jdbc.sql("""
				SELECT variant, SUM(readers) FROM (
				  SELECT variant, COUNT(*) AS readers FROM delivery WHERE edition_id = :edition GROUP BY variant
				  UNION ALL SELECT variant, readers FROM delivery_total WHERE edition_id = :edition) AS kept
				GROUP BY variant
				""").param("edition", editionId).query((row) -> {
			readers.put(row.getInt(1), row.getInt(2));
		});
		return readers;
	}

	/**
	 * Index subscriber_email_key, then editions from the newest, delivery_once in each;
	 * and index welcome_delivery_subscriber.
	 */
	@Override
	public List<Proof> byEmail(String email, @Nullable Long before, int limit) {
		List<Proof> found = this.jdbc
			.sql("""
					(SELECT e.newsletter_id, e.id AS edition_id, s.id AS subscriber_id, e.edition_date, e.number,
					   d.status, d.at, d.relay, d.reply,
					   d.attempts + COALESCE((SELECT SUM(f.attempts) FROM delivery_failure f
					     WHERE f.edition_id = d.edition_id AND f.seq = d.seq), 0) AS attempts, FALSE AS welcome
					 FROM subscriber s JOIN edition e
					 JOIN delivery d ON d.edition_id = e.id AND d.subscriber_id = s.id
					 WHERE s.email_key = :email AND e.id < :before ORDER BY e.id DESC LIMIT :limit)
					UNION ALL
					(SELECT e.newsletter_id, e.id, s.id, e.edition_date, e.number, w.status, w.at, w.relay, w.reply,
					   w.attempts, TRUE
					 FROM subscriber s JOIN welcome_delivery w ON w.subscriber_id = s.id JOIN edition e ON e.id = w.edition_id
					 WHERE s.email_key = :email AND e.id < :before ORDER BY e.id DESC LIMIT :limit)
					ORDER BY edition_id DESC, welcome DESC LIMIT :limit
					""")
			.param("email", email.strip().toLowerCase(Locale.ROOT))
			.param("before", (before != null) ? before : Long.MAX_VALUE)
			.param("limit", limit + 1)
			.query(this::proof)
			.list();
		return (found.size() <= limit || found.get(limit).editionId() == found.get(limit - 1).editionId()) ? found
				: found.subList(0, limit);
	}

	private Proof proof(ResultSet row, int index) throws SQLException {
		Newsletter newsletter = this.newsletters.find(row.getLong("newsletter_id")).orElseThrow();
		return new Proof(row.getLong("edition_id"), newsletter.slug(), row.getObject("edition_date", LocalDate.class),
				row.getInt("number"), DeliveryStatus.valueOf(row.getString("status")), row.getInt("attempts"),
				SqlTime.orNull(row, "at"), row.getString("relay"), row.getString("reply"),
				this.ids.messageId(newsletter, row.getLong("edition_id"), row.getLong("subscriber_id")),
				row.getBoolean("welcome"));
	}

	/** Editions are few: all of them are looked at. */
	@Override
	public Optional<Compacted> compacted() {
		return this.jdbc
			.sql("SELECT COUNT(*) AS editions, MAX(edition_date) AS newest FROM edition WHERE compacted_at IS NOT NULL")
			.query((row, index) -> {
				LocalDate newest = row.getObject("newest", LocalDate.class);
				return (newest != null) ? Optional.of(new Compacted(row.getInt("editions"), newest))
						: Optional.<Compacted>empty();
			})
			.single();
	}

	@Override
	public boolean isCompacted(long editionId) {
		return this.jdbc.sql("SELECT compacted_at IS NOT NULL FROM edition WHERE id = ?")
			.param(editionId)
			.query(Boolean.class)
			.optional()
			.orElse(false);
	}

	@Override
	public int audience(long newsletterId, LocalDate date) {
		return audience(newsletterId, date, null);
	}

	@Override
	public int audience(Edition edition) {
		return audience(edition.newsletterId(), edition.date(), edition.corrects());
	}

	private int audience(long newsletterId, LocalDate date, Edition.@Nullable Corrected corrects) {
		return AudienceRule
			.bind(this.jdbc.sql("SELECT " + AudienceRule.AT_ONCE + "COUNT(*) " + AudienceRule.ALL_CANDIDATES + " AND ("
					+ AudienceRule.REASON + ") IS NULL"), newsletterId, date, corrects)
			.query(Integer.class)
			.single();
	}

}
