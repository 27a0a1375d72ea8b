package dev.postrider.subscription.list;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import dev.postrider.SqlTime;
import dev.postrider.subscription.SubscriberStatus;
import org.jspecify.annotations.Nullable;

/**
 * A person by address, as stored.
 *
 * @param id its key
 * @param email the address; {@code null} once erased
 * @param name as the reader gave it
 * @param status where the subscriber stands
 * @param createdAt when we first heard of it
 * @param confirmedAt when the address was last verified
 * @param moves how often the reader has moved to another mailbox
 */
public record Subscriber(long id, @Nullable String email, @Nullable String name, SubscriberStatus status,
		Instant createdAt, @Nullable Instant confirmedAt, int moves) {

	static final String COLUMNS = "id, email, name, status, created_at, confirmed_at, moves";

	/** The address for pages: all but its first letter and domain hidden. */
	public String masked() {
		return (this.email != null) ? EmailAddress.mask(this.email) : "this address";
	}

	static Subscriber of(ResultSet row, int index) throws SQLException {
		return new Subscriber(row.getLong("id"), row.getString("email"), row.getString("name"),
				SubscriberStatus.valueOf(row.getString("status")), SqlTime.at(row, "created_at"),
				SqlTime.orNull(row, "confirmed_at"), row.getInt("moves"));
	}

}
