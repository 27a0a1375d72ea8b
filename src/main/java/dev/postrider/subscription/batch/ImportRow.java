package dev.postrider.subscription.batch;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One record of the file, as written there.
 *
 * @param line where it stands
 * @param email the address
 * @param name may be empty
 * @param days names or codes, separated by spaces, commas, semicolons or bars; empty: all
 * @param topics separated by semicolons or bars; empty: all
 * @param status {@code ACTIVE} or empty, {@code UNSUBSCRIBED}, {@code SUPPRESSED},
 * {@code BOUNCED}, {@code COMPLAINED}
 * @param rejectedBecause why it was not taken in
 */
public record ImportRow(int line, String email, String name, String days, String topics, String status,
		@Nullable String rejectedBecause) {

	static final List<String> COLUMNS = List.of("email", "name", "days", "topics", "status");

	static ImportRow of(ResultSet row, int index) throws SQLException {
		return new ImportRow(row.getInt("line"), row.getString("email"), row.getString("name"), row.getString("days"),
				row.getString("topics"), row.getString("status"), row.getString("rejected_because"));
	}

	/** As a line of the file of rejected rows. */
	public List<String> fields() {
		return List.of(String.valueOf(this.line), this.email, this.name, this.days, this.topics, this.status,
				String.valueOf(this.rejectedBecause));
	}

}
