package dev.postrider;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Reads moments from {@code DATETIME(6)} columns, which hold UTC. As a parameter an
 * {@link Instant} needs no help: the driver writes it; but slowly, so that for many rows
 * its text is taken.
 */
public final class SqlTime {

	private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private SqlTime() {
	}

	/** A moment as a parameter of many rows; microseconds are kept. */
	public static String text(Instant moment) {
		return TEXT.format(moment);
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
