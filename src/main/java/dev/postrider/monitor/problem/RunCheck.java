package dev.postrider.monitor.problem;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.postrider.Masked;
import dev.postrider.delivery.DigestRuns;
import dev.postrider.delivery.RetryRuns;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.monitor.problem.Problem.Kind;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.Run;
import dev.postrider.run.RunHistory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Runs that failed. A failure is cured by a later run with the same identity, a poll's by
 * the next poll. A digest whose edition says itself that it failed is left to
 * {@link EditionCheck}.
 */
@Component
class RunCheck implements ProblemCheck {

	private static final Duration LOOK_BACK = Duration.ofDays(14);

	private static final int MOST = 200;

	/** Each slot's run has an identity of its own, and asks the same sources. */
	private static final String POLL = "poll-sources";

	/** Further back than any polls that run at the same time. */
	private static final int POLLS = 10;

	private final JdbcClient jdbc;

	private final RunHistory runs;

	private final Newsletters newsletters;

	private final Editions editions;

	private final Clock clock;

	RunCheck(JdbcClient jdbc, RunHistory runs, Newsletters newsletters, Editions editions, Clock clock) {
		this.jdbc = jdbc;
		this.runs = runs;
		this.newsletters = newsletters;
		this.editions = editions;
		this.clock = clock;
	}

	@Override
	public String prefix() {
		return "run:";
	}

	@Override
	public List<Finding> find() {
		Instant since = this.clock.instant().minus(LOOK_BACK);
		List<Run> failed = new ArrayList<>(failed(since));
		this.runs.list(POLL, null, POLLS)
			.stream()
			.filter((run) -> !run.isRunning())
			.findFirst()
			.filter((run) -> run.status().equals("FAILED") && run.createdAt().isAfter(since))
			.ifPresent(failed::add);
		return failed.stream().filter((run) -> !isToldByItsEdition(run)).map(RunCheck::finding).toList();
	}

	/**
	 * Reads the runs of two weeks, some thousands; whether one was run again by the
	 * foreign key JOB_INST_EXEC_FK.
	 */
	private List<Run> failed(Instant since) {
		return this.jdbc.sql("""
				SELECT e.JOB_EXECUTION_ID
				FROM BATCH_JOB_EXECUTION e JOIN BATCH_JOB_INSTANCE i ON i.JOB_INSTANCE_ID = e.JOB_INSTANCE_ID
				WHERE e.STATUS = 'FAILED' AND e.CREATE_TIME > :since AND i.JOB_NAME <> :poll
				  AND NOT EXISTS (SELECT 1 FROM BATCH_JOB_EXECUTION later
				    WHERE later.JOB_INSTANCE_ID = e.JOB_INSTANCE_ID AND later.JOB_EXECUTION_ID > e.JOB_EXECUTION_ID
				    AND later.STATUS NOT IN ('STARTING', 'STARTED', 'STOPPING'))
				ORDER BY e.JOB_EXECUTION_ID DESC LIMIT :most
				""")
			.param("since", since)
			.param("poll", POLL)
			.param("most", MOST)
			.query(Long.class)
			.list()
			.stream()
			.flatMap((id) -> this.runs.find(id).stream())
			.toList();
	}

	private static String key(Run run) {
		return "run:" + run.job() + (run.job().equals(POLL) ? "" : ":" + String.join(":", run.identity().values()));
	}

	private boolean isToldByItsEdition(Run run) {
		Map<String, String> identity = run.identity();
		String label = identity.get("date")
				+ ("1".equals(identity.getOrDefault("number", "1")) ? "" : "-" + identity.get("number"));
		return (run.job().equals(DigestRuns.JOB) || run.job().equals(RetryRuns.JOB)) && this.newsletters
			.find(identity.getOrDefault("newsletter", ""))
			.flatMap((newsletter) -> this.editions.find(newsletter.id(), label))
			.filter((edition) -> edition.status() == EditionStatus.FAILED || edition.status() == EditionStatus.HELD
					|| edition.status() == EditionStatus.CANCELLED || edition.status() == EditionStatus.SENT)
			.isPresent();
	}

	private static Finding finding(Run run) {
		String subject = "Run " + run.id() + " of " + run.job();
		String message = (run.message() != null) ? ": " + Masked.in(run.message()) : ".";
		return new Finding(key(run), Kind.RUN_FAILED, subject, subject + " has failed" + message,
				"Open the run and read which step failed and why, then press Restart.");
	}

}
