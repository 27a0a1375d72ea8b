package dev.postrider.delivery;

import java.time.LocalDate;

import dev.postrider.edition.Edition.Corrected;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The one rule of who gets an edition, in SQL.
 */
public final class AudienceRule {

	/**
	 * NULL: gets it; else why not. Wants the parameters that {@link #bind} sets. A reader
	 * who chose days gets nothing on others, extra editions included; a correction goes
	 * to those whose copy had the story, new readers' copies included, by the unique key
	 * delivery_once and the primary keys of welcomes, variants and picks. No status at
	 * all is ACTIVE, see {@link #ALL_CANDIDATES}.
	 */
	public static final String REASON = """
			CASE
			  WHEN s.status = 'ERASED' THEN 'ERASED'
			  WHEN s.status = 'SUPPRESSED' THEN 'SUPPRESSED'
			  WHEN u.left_at IS NOT NULL OR s.status = 'UNSUBSCRIBED' THEN 'UNSUBSCRIBED'
			  WHEN u.confirmed_at IS NULL OR s.status <> 'ACTIVE' THEN 'UNVERIFIED'
			  WHEN :corrects IS NOT NULL AND NOT EXISTS (
			    SELECT 1 FROM delivery d JOIN edition_variant v ON v.edition_id = d.edition_id AND v.variant = d.variant
			    WHERE d.edition_id = :corrects AND d.subscriber_id = u.subscriber_id AND (d.status = 'SENT' OR d.unclear)
			      AND (EXISTS (SELECT 1 FROM variant_pick p
			          WHERE p.edition_id = d.edition_id AND p.variant = v.selection AND p.story_id = :correctedStory)
			        OR v.selection = 1 AND EXISTS (SELECT 1 FROM edition_pick p
			          WHERE p.edition_id = d.edition_id AND p.story_id = :correctedStory)))
			    AND NOT EXISTS (
			    SELECT 1 FROM welcome_delivery w
			    LEFT JOIN edition_variant v ON v.edition_id = w.edition_id AND v.variant = w.variant
			    WHERE w.edition_id = :corrects AND w.subscriber_id = u.subscriber_id AND w.status <> 'FAILED'
			      AND (EXISTS (SELECT 1 FROM variant_pick p
			          WHERE p.edition_id = w.edition_id AND p.variant = v.selection AND p.story_id = :correctedStory)
			        OR COALESCE(v.selection, 1) = 1 AND EXISTS (SELECT 1 FROM edition_pick p
			          WHERE p.edition_id = w.edition_id AND p.story_id = :correctedStory))) THEN 'NOT_SENT_BEFORE'
			  WHEN u.paused_until IS NOT NULL AND u.paused_until > :date THEN 'PAUSED'
			  WHEN u.days IS NOT NULL AND u.days & :day = 0 AND :corrects IS NULL THEN 'OTHER_DAYS'
			END
			""";

	/**
	 * {@link #CANDIDATES} for a statement that looks at all of them, with
	 * {@link #AT_ONCE} behind its SELECT: of the subscribers only those who are not
	 * active are looked at, by the index subscriber_status, which takes a third of the
	 * time. That every subscription has its subscriber is the foreign key's word.
	 */
	public static final String ALL_CANDIDATES = """
			FROM subscription u LEFT JOIN subscriber s ON s.id = u.subscriber_id
			  AND s.status IN ('PENDING', 'UNSUBSCRIBED', 'SUPPRESSED', 'ERASED')
			WHERE u.newsletter_id = :newsletter
			""";

	/**
	 * Keeps MySQL from looking the subscribers up one by one; other servers take it for a
	 * comment.
	 */
	public static final String AT_ONCE = "/*+ INDEX(u PRIMARY) NO_INDEX(s PRIMARY, subscriber_status_email) */ ";

	/**
	 * Sets the parameters of the rule and of {@link #CANDIDATES}.
	 * @param corrects what the edition corrects, or {@code null}
	 */
	public static StatementSpec bind(StatementSpec statement, long newsletterId, LocalDate date,
			@Nullable Corrected corrects) {
		return statement.param("newsletter", newsletterId)
			.param("date", date)
			.param("day", bit(date))
			.param("corrects", (corrects != null) ? corrects.editionId() : null)
			.param("correctedStory", (corrects != null) ? corrects.storyId() : null);
	}

	/**
	 * Whom to look at: everybody who ever asked for the newsletter. Wants
	 * {@code :newsletter}. Reads subscription by the first half of its primary key.
	 */
	public static final String CANDIDATES = """
			FROM subscription u JOIN subscriber s ON s.id = u.subscriber_id WHERE u.newsletter_id = :newsletter
			""";

	private AudienceRule() {
	}

	/** A date's weekday as the bit that {@code subscription.days} uses. */
	public static int bit(LocalDate date) {
		return 1 << (date.getDayOfWeek().getValue() - 1);
	}

}
