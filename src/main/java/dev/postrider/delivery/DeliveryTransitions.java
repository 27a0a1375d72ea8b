package dev.postrider.delivery;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import static dev.postrider.delivery.DeliveryStatus.BOUNCED;
import static dev.postrider.delivery.DeliveryStatus.DEFERRED;
import static dev.postrider.delivery.DeliveryStatus.FAILED;
import static dev.postrider.delivery.DeliveryStatus.PENDING;
import static dev.postrider.delivery.DeliveryStatus.SENT;
import static dev.postrider.delivery.DeliveryStatus.SKIPPED;

/**
 * The one table of how a delivery's status may change. The ledger writes nothing else.
 */
public final class DeliveryTransitions {

	private static final Set<DeliveryStatus> RESULTS = Set.of(SENT, DEFERRED, BOUNCED, SKIPPED, FAILED);

	private static final Map<Cause, Map<DeliveryStatus, Set<DeliveryStatus>>> TABLE = Map.of(
			// A message that was in flight when its row was given up has been sent all
			// the same.
			Cause.RESULT, Map.of(PENDING, RESULTS, DEFERRED, RESULTS, SKIPPED, Set.of(SENT), FAILED, Set.of(SENT)),
			Cause.END, Map.of(PENDING, Set.of(SKIPPED), DEFERRED, Set.of(SKIPPED, FAILED)), Cause.RETRY,
			Map.of(FAILED, Set.of(DEFERRED)), Cause.RECALL, Map.of(BOUNCED, Set.of(DEFERRED)), Cause.FEEDBACK,
			Map.of(SENT, Set.of(BOUNCED)));

	private DeliveryTransitions() {
	}

	/** Whether a status may follow another for this cause. */
	public static boolean allows(Cause cause, DeliveryStatus from, DeliveryStatus to) {
		return TABLE.getOrDefault(cause, Map.of()).getOrDefault(from, Set.of()).contains(to);
	}

	/** Every status that this one may follow. */
	public static Set<DeliveryStatus> before(Cause cause, DeliveryStatus to) {
		return EnumSet.allOf(DeliveryStatus.class)
			.stream()
			.filter((from) -> allows(cause, from, to))
			.collect(Collectors.toCollection(() -> EnumSet.noneOf(DeliveryStatus.class)));
	}

	/**
	 * A condition in SQL that holds where the change is allowed, so that whoever writes
	 * needs no look before.
	 */
	public static String condition(Cause cause, DeliveryStatus to) {
		return before(cause, to).stream()
			.map((from) -> "'" + from.name() + "'")
			.collect(Collectors.joining(", ", "status IN (", ")"));
	}

	/**
	 * Why a status changes.
	 */
	public enum Cause {

		/** What came of trying, or of the look at the reader just before. */
		RESULT,

		/** The edition is too late, or cancelled. */
		END,

		/** An admin has what failed sent again. */
		RETRY,

		/** The relay refused so many that it was wrong about all of them. */
		RECALL,

		/** What comes back after the relay has taken it. */
		FEEDBACK

	}

}
