package dev.postrider.subscription.list;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

import dev.postrider.subscription.DepartureReason;
import dev.postrider.subscription.DepartureReasons;
import dev.postrider.subscription.list.Departures.Departure;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps why readers left, those who say so after they have.
 */
@Component
public class StoredDepartureReasons implements DepartureReasons {

	private final JdbcClient jdbc;

	private final Departures departures;

	private final Clock clock;

	StoredDepartureReasons(JdbcClient jdbc, Departures departures, Clock clock) {
		this.jdbc = jdbc;
		this.departures = departures;
		this.clock = clock;
	}

	/**
	 * Notes why; a later word replaces an earlier one. Of somebody who is subscribed
	 * nothing is noted.
	 * @param token of the unsubscribe link
	 * @return how the subscription stands, empty when the token is not ours
	 */
	@Transactional
	public Optional<Departure> note(String token, DepartureReason reason) {
		Optional<Departure> found = this.departures.look(token);
		found.filter((it) -> !it.subscribed())
			.ifPresent((it) -> this.jdbc.sql("""
					INSERT INTO departure_reason (newsletter_id, subscriber_id, reason, at)
					SELECT newsletter_id, subscriber_id, :reason, :now FROM subscription
					WHERE newsletter_id = :newsletter AND subscriber_id = :subscriber AND left_at IS NOT NULL
					ON DUPLICATE KEY UPDATE reason = :reason, at = :now
					""")
				.param("reason", reason.name())
				.param("now", this.clock.instant())
				.param("newsletter", it.newsletter().id())
				.param("subscriber", it.subscriber().id())
				.update());
		return found;
	}

	/** Index departure_reason_at, then subscription's primary key. */
	@Override
	public Map<DepartureReason, Integer> counts(long newsletterId, Instant since) {
		Map<DepartureReason, Integer> counts = new EnumMap<>(DepartureReason.class);
		for (DepartureReason reason : DepartureReason.values()) {
			counts.put(reason, 0);
		}
		this.jdbc.sql("""
				SELECT d.reason, COUNT(*) FROM departure_reason d
				JOIN subscription s ON s.newsletter_id = d.newsletter_id AND s.subscriber_id = d.subscriber_id
				WHERE d.newsletter_id = ? AND d.at >= ? AND s.left_at IS NOT NULL GROUP BY d.reason
				""").params(newsletterId, since).query((row) -> {
			counts.put(DepartureReason.valueOf(row.getString(1)), row.getInt(2));
		});
		return counts;
	}

}
