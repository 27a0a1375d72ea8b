package dev.postrider;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * Inserts many rows by few statements. The driver's batches come to the same, but encode
 * every value twice; and these statements are so few different ones, and so short, that
 * the driver keeps what it has read of them.
 */
public final class SqlRows {

	/** The most rows of one statement; a power of two. */
	public static final int MOST = 128;

	private SqlRows() {
	}

	/**
	 * Inserts rows in their order.
	 * @param jdbc to whom
	 * @param insert the statement up to and with {@code VALUES}
	 * @param row one row's values in parentheses
	 * @param rows any number
	 * @param setter sets the parameters of one row
	 * @param <T> what rows are made of
	 */
	public static <T> void insert(JdbcOperations jdbc, String insert, String row, List<T> rows, Setter<T> setter) {
		for (int from = 0, count; from < rows.size(); from += count) {
			count = Math.min(MOST, Integer.highestOneBit(rows.size() - from));
			List<T> some = rows.subList(from, from + count);
			StringBuilder sql = new StringBuilder(insert).append(' ').append(row);
			for (int i = 1; i < some.size(); i++) {
				sql.append(',').append(row);
			}
			jdbc.update(sql.toString(), (statement) -> {
				int next = 1;
				for (T each : some) {
					next = setter.set(statement, next, each);
				}
			});
		}
	}

	/**
	 * Sets the parameters of one row.
	 *
	 * @param <T> what rows are made of
	 */
	@FunctionalInterface
	public interface Setter<T> {

		/**
		 * Sets them.
		 * @param first the index of the row's first parameter
		 * @return the index after its last
		 */
		int set(PreparedStatement statement, int first, T row) throws SQLException;

	}

}
