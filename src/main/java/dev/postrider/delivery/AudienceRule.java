package dev.postrider.delivery;

import java.time.LocalDate;

/**
 * The one rule of who gets an edition, in SQL.
 */
public final class AudienceRule {

	/**
	 * NULL: gets it; else why not. Wants the parameters {@code :date}, {@code :day} and
	 * {@code :corrects}, the edition that this one corrects, or NULL. A reader who chose
	 * days gets nothing on others, extra editions included; a correction goes to those
	 * who were sent what it corrects, by the unique key delivery_once.
	 */
	public static final String REASON = """
			CASE
			  WHEN s.status = 'ERASED' THEN 'ERASED'
			  WHEN s.status = 'SUPPRESSED' THEN 'SUPPRESSED'
			  WHEN u.left_at IS NOT NULL OR s.status = 'UNSUBSCRIBED' THEN 'UNSUBSCRIBED'
			  WHEN u.confirmed_at IS NULL OR s.status <> 'ACTIVE' THEN 'UNVERIFIED'
			  WHEN :corrects IS NOT NULL AND NOT EXISTS (
			    SELECT 1 FROM delivery d
			    WHERE d.edition_id = :corrects AND d.subscriber_id = s.id AND (d.status = 'SENT' OR d.unclear)) THEN 'NOT_SENT_BEFORE'
			  WHEN u.paused_until IS NOT NULL AND u.paused_until > :date THEN 'PAUSED'
			  WHEN u.days IS NOT NULL AND u.days & :day = 0 AND :corrects IS NULL THEN 'OTHER_DAYS'
			END
			""";

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
