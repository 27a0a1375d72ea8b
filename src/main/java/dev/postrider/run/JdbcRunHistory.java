package dev.postrider.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.postrider.SqlTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.util.StringUtils;

/**
 * Reads Spring Batch's tables directly: its repository loads each run with everything,
 * one by one.
 */
@Repository
class JdbcRunHistory implements RunHistory {

	private static final String RUNS = """
			SELECT e.JOB_EXECUTION_ID, i.JOB_NAME, e.STATUS, e.CREATE_TIME, e.START_TIME, e.END_TIME, e.EXIT_MESSAGE,
			  COALESCE(o.launched_by, '') AS LAUNCHED_BY
			FROM BATCH_JOB_EXECUTION e JOIN BATCH_JOB_INSTANCE i ON i.JOB_INSTANCE_ID = e.JOB_INSTANCE_ID
			LEFT JOIN run_owner o ON o.job_execution_id = e.JOB_EXECUTION_ID
			""";

	private final JdbcClient jdbc;

	JdbcRunHistory(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** By primary key, downwards. */
	@Override
	public List<Run> list(@Nullable String job, @Nullable Long before, int limit) {
		return complete(this.jdbc.sql(RUNS + """
				WHERE e.JOB_EXECUTION_ID < :before AND (:job IS NULL OR i.JOB_NAME = :job)
				ORDER BY e.JOB_EXECUTION_ID DESC LIMIT :limit
				""")
			.param("before", (before != null) ? before : Long.MAX_VALUE)
			.param("job", job)
			.param("limit", limit)
			.query(JdbcRunHistory::run)
			.list());
	}

	@Override
	public Optional<Run> find(long id) {
		return complete(
				this.jdbc.sql(RUNS + "WHERE e.JOB_EXECUTION_ID = ?").param(id).query(JdbcRunHistory::run).list())
			.stream()
			.findFirst();
	}

	private List<Run> complete(List<Run> runs) {
		if (runs.isEmpty()) {
			return runs;
		}
		List<Long> ids = runs.stream().map(Run::id).toList();
		Map<Long, Map<String, String>> identities = new HashMap<>();
		this.jdbc.sql("""
				SELECT JOB_EXECUTION_ID, PARAMETER_NAME, PARAMETER_VALUE, IDENTIFYING FROM BATCH_JOB_EXECUTION_PARAMS
				WHERE JOB_EXECUTION_ID IN (:ids)
				""").param("ids", ids).query((ResultSet row) -> {
			long id = row.getLong(1);
			if (row.getString(4).equals("Y")) {
				identities.computeIfAbsent(id, (key) -> new TreeMap<>()).put(row.getString(2), row.getString(3));
			}
		});
		Map<Long, List<Run.Step>> steps = new LinkedHashMap<>();
		this.jdbc.sql("""
				SELECT JOB_EXECUTION_ID, STEP_NAME, STATUS, START_TIME, END_TIME, READ_COUNT, WRITE_COUNT,
				  FILTER_COUNT + READ_SKIP_COUNT + WRITE_SKIP_COUNT + PROCESS_SKIP_COUNT AS SKIPPED, EXIT_MESSAGE
				FROM BATCH_STEP_EXECUTION WHERE JOB_EXECUTION_ID IN (:ids) ORDER BY STEP_EXECUTION_ID
				""").param("ids", ids).query((ResultSet row) -> {
			steps.computeIfAbsent(row.getLong(1), (key) -> new ArrayList<>()).add(step(row));
		});
		return runs.stream()
			.map((run) -> new Run(run.id(), run.job(), identities.getOrDefault(run.id(), Map.of()), run.trigger(),
					run.status(), run.createdAt(), run.startedAt(), run.endedAt(), run.message(),
					steps.getOrDefault(run.id(), List.of())))
			.toList();
	}

	private static Run run(ResultSet row, int index) throws SQLException {
		return new Run(row.getLong("JOB_EXECUTION_ID"), row.getString("JOB_NAME"), Map.of(),
				row.getString("LAUNCHED_BY"), row.getString("STATUS"), SqlTime.at(row, "CREATE_TIME"),
				SqlTime.orNull(row, "START_TIME"), SqlTime.orNull(row, "END_TIME"),
				firstLine(row.getString("EXIT_MESSAGE")), List.of());
	}

	private static Run.Step step(ResultSet row) throws SQLException {
		return new Run.Step(row.getString("STEP_NAME"), row.getString("STATUS"), SqlTime.orNull(row, "START_TIME"),
				SqlTime.orNull(row, "END_TIME"), row.getLong("READ_COUNT"), row.getLong("WRITE_COUNT"),
				row.getLong("SKIPPED"), firstLine(row.getString("EXIT_MESSAGE")));
	}

	/** Spring Batch keeps a stack trace there; its first line is for people. */
	private static @Nullable String firstLine(@Nullable String message) {
		if (!StringUtils.hasText(message)) {
			return null;
		}
		String line = message.strip().lines().findFirst().orElse("");
		return line.replaceFirst("^([a-z][\\w$]*\\.)+[A-Z][\\w$]*: ", "");
	}

}
