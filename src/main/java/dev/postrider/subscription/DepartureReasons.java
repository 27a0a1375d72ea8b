package dev.postrider.subscription;

import java.time.Instant;
import java.util.Map;

/**
 * Why readers left a newsletter, in numbers.
 */
public interface DepartureReasons {

	/**
	 * Who left and said why, and has not come back.
	 * @param newsletterId which newsletter
	 * @param since only those who said so from then on
	 * @return readers by reason, every reason with an entry, in the order of
	 * {@link DepartureReason}
	 */
	Map<DepartureReason, Integer> counts(long newsletterId, Instant since);

}
