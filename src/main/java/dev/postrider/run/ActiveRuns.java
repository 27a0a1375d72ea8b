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
 * that the database's absence ended is continued once it is back.
 */
@Component
class ActiveRuns {

	private static final int MOST_FAILURES = 1000;

	private static final Set<Integer> FULL_OR_READ_ONLY = Set.of(1021, 1114, 1290, 1836);

	private final Set<Long> executing = ConcurrentHashMap.newKeySet();

	private final ThreadLocal<Ending> ending = new ThreadLocal<>();

	private final Map<Long, Boolean> failedByDatabase = new ConcurrentHashMap<>();

	void launched(long runId) {
		this.executing.add(runId);
	}

	/** Called by the run's own thread while its last rows are still to be written. */
	void ending(long runId, List<Throwable> failures) {
		this.ending.set(new Ending(runId, failures));
	}

	/** A run's work, after which it has really ended. */
	Runnable followed(Runnable run) {
		return () -> {
			try {
				run.run();
			}
			finally {
				Ending last = this.ending.get();
				this.ending.remove();
				if (last != null) {
					ended(last.runId(), last.failures());
				}
			}
		};
	}

	private void ended(long runId, List<Throwable> failures) {
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

	/**
	 * SQLSTATE class 08 is a connection that is gone (SQL:2016, table 38); 70100 a query
	 * or connection that was killed; the numbers a full disk and a server that only
	 * reads.
	 */
	private static boolean isDatabaseGone(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLTransientConnectionException || cause instanceof SQLRecoverableException
					|| (cause instanceof SQLException sql && sql.getSQLState() != null
							&& (sql.getSQLState().startsWith("08") || sql.getSQLState().equals("70100")
									|| FULL_OR_READ_ONLY.contains(sql.getErrorCode())))) {
				return true;
			}
		}
		return false;
	}

	private record Ending(long runId, List<Throwable> failures) {
	}

}
