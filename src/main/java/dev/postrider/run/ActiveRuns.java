package dev.postrider.run;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.stereotype.Component;

/**
 * Which runs this process is really executing, whatever the database could be told. A run
 * that the database's absence ended is continued once it is back, a few times.
 */
@Component
class ActiveRuns {

	private static final int MOST_FAILURES = 1000;

	private final Set<Long> executing = ConcurrentHashMap.newKeySet();

	private final Map<Long, Boolean> failedByDatabase = new ConcurrentHashMap<>();

	void launched(long runId) {
		this.executing.add(runId);
	}

	void ended(long runId, List<Throwable> failures) {
		this.executing.remove(runId);
		if (this.failedByDatabase.size() < MOST_FAILURES && failures.stream().anyMatch(ActiveRuns::isDatabaseGone)) {
			this.failedByDatabase.put(runId, Boolean.TRUE);
		}
	}

	boolean isExecuting(long runId) {
		return this.executing.contains(runId);
	}

	Set<Long> failedByDatabase() {
		return Set.copyOf(this.failedByDatabase.keySet());
	}

	void forget(long runId) {
		this.failedByDatabase.remove(runId);
	}

	/** SQLSTATE class 08 is a connection that is gone (SQL:2016, table 38). */
	private static boolean isDatabaseGone(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLTransientConnectionException || cause instanceof SQLRecoverableException
					|| (cause instanceof SQLException sql && sql.getSQLState() != null
							&& sql.getSQLState().startsWith("08"))) {
				return true;
			}
		}
		return false;
	}

}
