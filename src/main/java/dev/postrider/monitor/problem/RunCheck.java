package dev.postrider.monitor.problem;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.postrider.Masked;
import dev.postrider.delivery.DigestRuns;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.monitor.problem.Problem.Kind;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.Run;
import dev.postrider.run.RunHistory;

import org.springframework.stereotype.Component;

/**
 * Runs that failed. A digest's failure is cured by a later run of the same edition; that
 * of any other job by its next run. A digest whose edition says itself that it failed is
 * left to {@link EditionCheck}.
 */
@Component
class RunCheck implements ProblemCheck {

	private static final Duration LOOK_BACK = Duration.ofDays(14);

	private static final int RUNS = 200;

	private final RunHistory runs;

	private final Newsletters newsletters;

	private final Editions editions;

	private final Clock clock;

	RunCheck(RunHistory runs, Newsletters newsletters, Editions editions, Clock clock) {
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
		List<Run> recent = new ArrayList<>(this.runs.list(null, null, RUNS));
		// Frequent jobs may have pushed the digests out of sight.
		recent.addAll(this.runs.list(DigestRuns.JOB, null, RUNS));
		Instant since = this.clock.instant().minus(LOOK_BACK);
		Set<String> seen = new HashSet<>();
		return recent.stream()
			.filter((run) -> !run.isRunning() && run.createdAt().isAfter(since))
			.filter((run) -> seen.add(key(run)))
			.filter((run) -> run.status().equals("FAILED") && !isToldByItsEdition(run))
			.map(RunCheck::finding)
			.toList();
	}

	private static String key(Run run) {
		return "run:" + run.job()
				+ (run.job().equals(DigestRuns.JOB) ? ":" + String.join(":", run.identity().values()) : "");
	}

	private boolean isToldByItsEdition(Run run) {
		Map<String, String> identity = run.identity();
		String label = identity.get("date")
				+ ("1".equals(identity.getOrDefault("number", "1")) ? "" : "-" + identity.get("number"));
		return run.job().equals(DigestRuns.JOB) && this.newsletters.find(identity.getOrDefault("newsletter", ""))
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
