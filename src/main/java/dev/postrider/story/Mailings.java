package dev.postrider.story;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

/**
 * What readers of a newsletter have had. The picking asks; whoever keeps the editions
 * answers.
 */
public interface Mailings {

	/**
	 * The stories of editions whose sending was begun.
	 * @param newsletterId the publication
	 * @param before only editions begun before this
	 * @return for each story's key the last time it was mailed
	 */
	Map<Long, Mailing> of(long newsletterId, Instant before);

	/**
	 * One mailing.
	 *
	 * @param date the edition's
	 * @param at when its sending was begun
	 */
	record Mailing(LocalDate date, Instant at) {
	}

}
