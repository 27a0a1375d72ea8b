package dev.postrider.delivery.fault;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.IntFunction;

/**
 * Who reads a newsletter of these tests.
 *
 * @param count how many
 * @param localPart the address before its at-sign, by number from 1
 * @param usefulMinutes how long an edition is worth sending
 */
record FaultReaders(int count, IntFunction<String> localPart, int usefulMinutes) {

	private static final int TWO_DAYS = 2880;

	static FaultReaders plain(int count) {
		return new FaultReaders(count, (number) -> "reader" + number, TWO_DAYS);
	}

	FaultReaders named(IntFunction<String> names) {
		return new FaultReaders(this.count, names, this.usefulMinutes);
	}

	FaultReaders usefulFor(int minutes) {
		return new FaultReaders(this.count, this.localPart, minutes);
	}

	/** Makes the newsletter and subscribes them all. */
	void insert(Connection connection, String slug) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(
					"""
							INSERT INTO newsletter (slug, name, description, days, send_time, time_zone, useless_after_minutes, created_at)
							VALUES ('%s', 'Faults', 'Of bad luck', 127, '00:00:00', 'UTC', %d, UTC_TIMESTAMP(6))
							"""
						.formatted(slug, this.usefulMinutes));
			connection.setAutoCommit(false);
			try (PreparedStatement insert = connection.prepareStatement("""
					INSERT INTO subscriber (email, email_key, status, created_at, confirmed_at, status_changed_at)
					VALUES (?, ?, 'ACTIVE', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))
					""")) {
				for (int i = 1; i <= this.count; i++) {
					String email = this.localPart.apply(i) + "@" + slug + ".example";
					insert.setString(1, email);
					insert.setString(2, email);
					insert.addBatch();
				}
				insert.executeBatch();
			}
			statement.execute("""
					INSERT INTO subscription (newsletter_id, subscriber_id, requested_at, confirmed_at)
					SELECT n.id, s.id, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM newsletter n JOIN subscriber s
					WHERE n.slug = '%s' AND s.email LIKE '%%@%s.example'
					""".formatted(slug, slug));
			connection.commit();
			connection.setAutoCommit(true);
		}
	}

}
