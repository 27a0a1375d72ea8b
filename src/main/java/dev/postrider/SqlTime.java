package dev.postrider;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Reads moments from {@code DATETIME(6)} columns, which hold UTC. As a parameter an
 * {@link Instant} needs no help: the driver writes it.
 */
public final class SqlTime {

	private SqlTime() {
	}

	/** The moment in a column that is never NULL. */
	public static Instant at(ResultSet row, String column) throws SQLException {
		return Objects.requireNonNull(orNull(row, column), column);
	}

	/** The moment in a column, or {@code null}. */
	public static @Nullable Instant orNull(ResultSet row, String column) throws SQLException {
		OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
		return (value != null) ? value.toInstant() : null;
	}

}
