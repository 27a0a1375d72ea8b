package dev.postrider.run;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;
import org.springframework.stereotype.Component;

/**
 * The database's named locks ({@code GET_LOCK}). The server gives one up when its
 * connection ends, so a dead process holds none.
 */
@Component
class NamedLock {

	private final DataSource dataSource;

	NamedLock(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	/**
	 * Does something while holding a lock that only one process in this schema has.
	 * @param name of the lock, at most 40 characters
	 * @param patience how long to wait for it
	 * @param work what to do
	 */
	<T> T holding(String name, Duration patience, Supplier<T> work) {
		try (Connection connection = this.dataSource.getConnection()) {
			if (!acquire(connection, name, patience)) {
				throw new CannotAcquireLockException("Another process has held the lock " + name + " for more than "
						+ patience.toSeconds() + " s; try again");
			}
			try {
				return work.get();
			}
			finally {
				ask(connection, "SELECT RELEASE_LOCK(" + SCOPED + ")", name);
			}
		}
		catch (SQLException ex) {
			throw new SQLErrorCodeSQLExceptionTranslator(this.dataSource).translate("lock " + name, null, ex);
		}
	}

	/** Takes a lock for as long as the connection lives. */
	static boolean acquire(Connection connection, String name, Duration patience) throws SQLException {
		return ask(connection, "SELECT GET_LOCK(" + SCOPED + ", " + patience.toSeconds() + ")", name) == 1;
	}

	/**
	 * Locks are the server's; the schema's name makes them ours. Names end at 64
	 * characters.
	 */
	static final String SCOPED = "CONCAT(?, '.', LEFT(SHA2(DATABASE(), 256), 16))";

	private static int ask(Connection connection, String sql, String name) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setString(1, name);
			try (ResultSet result = statement.executeQuery()) {
				return result.next() ? result.getInt(1) : 0;
			}
		}
	}

}
