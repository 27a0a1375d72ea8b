package dev.postrider.run;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Which process executes which run, and which of those processes are dead.
 */
@Repository
class RunOwners implements Processes {

	/**
	 * A process lives that holds its lock, or was heard of a moment ago by the database's
	 * clock. One that holds its lock and is silent for long is frozen, and as good as
	 * dead: how long is measured against our own last beat, so that a clock that jumps
	 * makes nobody so.
	 */
	private static final String DEAD = """
			(p.id IS NULL OR (IS_FREE_LOCK(CONCAT('%s', p.id, '.', LEFT(SHA2(DATABASE(), 256), 16))) = 1
			AND p.seen_at < UTC_TIMESTAMP(6) - INTERVAL %d SECOND)
			OR p.seen_at < (SELECT me.seen_at FROM process me WHERE me.id = '%s') - INTERVAL %d SECOND)
			""";

	private final JdbcClient jdbc;

	private final ProcessHeartbeat process;

	private final String dead;

	RunOwners(JdbcClient jdbc, ProcessHeartbeat process, RunProperties properties) {
		this.jdbc = jdbc;
		this.process = process;
		this.dead = DEAD.formatted(ProcessHeartbeat.LOCK, properties.deadAfter().toSeconds(), process.id(),
				properties.frozenAfter().toSeconds());
	}

	void own(long executionId, String trigger) {
		this.jdbc.sql("INSERT INTO run_owner (job_execution_id, process_id, launched_by) VALUES (?, ?, ?)")
			.params(executionId, this.process.id(), trigger)
			.update();
	}

	/** Runs that are recorded as executing but whose process is dead. */
	List<Long> orphans() {
		if (!this.process.isSteady()) {
			return List.of();
		}
		return this.jdbc.sql("""
				SELECT e.JOB_EXECUTION_ID FROM BATCH_JOB_EXECUTION e
				LEFT JOIN run_owner o ON o.job_execution_id = e.JOB_EXECUTION_ID
				LEFT JOIN process p ON p.id = o.process_id
				WHERE e.STATUS IN ('STARTING', 'STARTED', 'STOPPING') AND (p.id IS NULL OR p.id <> ?) AND
				""" + this.dead + " ORDER BY e.JOB_EXECUTION_ID").param(this.process.id()).query(Long.class).list();
	}

	/** Runs that are to be continued, and that nothing has continued since. */
	List<Long> drained() {
		return this.jdbc.sql("""
				SELECT e.JOB_EXECUTION_ID FROM run_owner o
				JOIN BATCH_JOB_EXECUTION e ON e.JOB_EXECUTION_ID = o.job_execution_id
				WHERE o.drained AND e.STATUS IN ('STOPPED', 'FAILED') AND NOT EXISTS (
				  SELECT 1 FROM BATCH_JOB_EXECUTION later WHERE later.JOB_INSTANCE_ID = e.JOB_INSTANCE_ID
				  AND later.JOB_EXECUTION_ID > e.JOB_EXECUTION_ID)
				ORDER BY e.JOB_EXECUTION_ID
				""").query(Long.class).list();
	}

	/**
	 * Runs of this process that are recorded as executing, or ended without being able to
	 * say so.
	 */
	List<Long> mine() {
		return this.jdbc.sql("""
				SELECT e.JOB_EXECUTION_ID FROM run_owner o
				JOIN BATCH_JOB_EXECUTION e ON e.JOB_EXECUTION_ID = o.job_execution_id
				WHERE o.process_id = ? AND e.STATUS IN ('STARTING', 'STARTED', 'STOPPING', 'UNKNOWN')
				""").param(this.process.id()).query(Long.class).list();
	}

	/**
	 * Asks a run to stop, unless it has ended meanwhile. Each step looks at this row when
	 * it commits.
	 */
	boolean requestStop(long executionId) {
		return this.jdbc
			.sql("""
					UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STOPPING', LAST_UPDATED = UTC_TIMESTAMP(6), VERSION = VERSION + 1
					WHERE JOB_EXECUTION_ID = ? AND STATUS IN ('STARTING', 'STARTED')
					""")
			.param(executionId)
			.update() == 1;
	}

	/** From now on the run is continued by whoever sees it ended. */
	void markToBeContinued(long executionId) {
		this.jdbc.sql("UPDATE run_owner SET drained = TRUE WHERE job_execution_id = ?").param(executionId).update();
	}

	/** It is continued by nobody until a person restarts it. */
	void leaveToAPerson(long executionId) {
		this.jdbc.sql("UPDATE run_owner SET drained = FALSE WHERE job_execution_id = ?").param(executionId).update();
	}

	@Override
	public String self() {
		return this.process.id();
	}

	@Override
	public List<String> dead() {
		if (!this.process.isSteady()) {
			return List.of();
		}
		return this.jdbc.sql("SELECT p.id FROM process p WHERE " + this.dead).query(String.class).list();
	}

	/**
	 * Records a run that nobody executes any more as failed, so that it can be continued.
	 * Raising the versions makes a worker that was only asleep fail at its next commit.
	 */
	void fail(long executionId, String reason) {
		this.jdbc.sql("""
				UPDATE BATCH_STEP_EXECUTION SET STATUS = 'FAILED', EXIT_CODE = 'FAILED', EXIT_MESSAGE = :reason,
				  END_TIME = UTC_TIMESTAMP(6), LAST_UPDATED = UTC_TIMESTAMP(6), VERSION = VERSION + 1
				WHERE JOB_EXECUTION_ID = :id AND STATUS IN ('STARTING', 'STARTED', 'STOPPING', 'UNKNOWN')
				""").param("id", executionId).param("reason", reason).update();
		this.jdbc.sql("""
				UPDATE BATCH_JOB_EXECUTION SET STATUS = 'FAILED', EXIT_CODE = 'FAILED', EXIT_MESSAGE = :reason,
				  END_TIME = UTC_TIMESTAMP(6), LAST_UPDATED = UTC_TIMESTAMP(6), VERSION = VERSION + 1
				WHERE JOB_EXECUTION_ID = :id AND STATUS IN ('STARTING', 'STARTED', 'STOPPING', 'UNKNOWN')
				""").param("id", executionId).param("reason", reason).update();
	}

}
