package dev.postrider.monitor.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.postrider.delivery.DigestRuns;
import dev.postrider.delivery.Rehearsals;
import dev.postrider.delivery.RetentionRuns;
import dev.postrider.delivery.RetryRuns;
import dev.postrider.edition.Edition;
import dev.postrider.edition.Editions;
import dev.postrider.Masked;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.Run;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Runs in the words of people.
 */
@Component
class RunViews {

	private final Newsletters newsletters;

	private final Editions editions;

	private final Clock clock;

	RunViews(Newsletters newsletters, Editions editions, Clock clock) {
		this.newsletters = newsletters;
		this.editions = editions;
		this.clock = clock;
	}

	RunView of(Run run) {
		ZoneId zone = zone(run);
		return new RunView(run.id(), title(run), run.job(), run.trigger(), Status.of(run.status()),
				Moment.of((run.startedAt() != null) ? run.startedAt() : run.createdAt(), zone),
				Moment.orNull(run.endedAt(), zone), duration(run.startedAt(), run.endedAt()), masked(run.message()),
				run.isRunning(), run.isRestartable(), run.steps().stream().map((step) -> step(step, zone)).toList());
	}

	/** The edition a run sends, if it sends one. */
	Optional<Edition> edition(Run run) {
		Map<String, String> identity = run.identity();
		if (!run.job().equals(DigestRuns.JOB) && !run.job().equals(RetryRuns.JOB)) {
			return Optional.empty();
		}
		String number = identity.getOrDefault("number", "1");
		String label = identity.get("date") + (number.equals("1") ? "" : "-" + number);
		return newsletter(run).flatMap((newsletter) -> this.editions.find(newsletter.id(), label));
	}

	private Optional<Newsletter> newsletter(Run run) {
		return this.newsletters.find(run.identity().getOrDefault("newsletter", ""));
	}

	private String title(Run run) {
		return switch (run.job()) {
			case DigestRuns.JOB -> edition(run, newsletter(run).map(Newsletter::name).orElse("Digest"));
			case RetryRuns.JOB -> "Retry " + run.identity().get("retry") + " of " + named(run);
			case Rehearsals.JOB -> "Rehearsal of " + named(run);
			case "early-composition" -> "Composing " + named(run) + " ahead";
			case RetentionRuns.JOB -> "Compaction of old ledgers, " + run.identity().get("day");
			case "import" -> "Import of readers, file " + run.identity().get("import");
			case "poll-sources" -> "Polling of sources";
			default -> run.job();
		};
	}

	private String named(Run run) {
		return edition(run, newsletter(run).map(Newsletter::name).orElse("a newsletter"));
	}

	private static String edition(Run run, String newsletter) {
		String number = run.identity().getOrDefault("number", "1");
		return newsletter + ", " + run.identity().get("date") + (number.equals("1") ? "" : ", number " + number);
	}

	/** Times are the newsletter's; of a job that serves all, the first newsletter's. */
	private ZoneId zone(Run run) {
		return newsletter(run).or(() -> this.newsletters.all().stream().findFirst())
			.map(Newsletter::zone)
			.orElse(ZoneOffset.UTC);
	}

	private StepView step(Run.Step step, ZoneId zone) {
		return new StepView(step.name(), Status.of(step.status()), Moment.orNull(step.startedAt(), zone),
				duration(step.startedAt(), step.endedAt()), step.read(), step.written(), step.skipped(),
				masked(step.message()));
	}

	private String duration(@Nullable Instant from, @Nullable Instant to) {
		return (from != null) ? Moment.words(Duration.between(from, (to != null) ? to : this.clock.instant())) : "";
	}

	private static @Nullable String masked(@Nullable String message) {
		return (message != null) ? Masked.in(message) : null;
	}

	/**
	 * Spring Batch's status for people.
	 *
	 * @param word what it is called
	 * @param tone good, busy, warn, bad or nothing
	 */
	public record Status(String word, String tone) {

		static Status of(String status) {
			return switch (status) {
				case "COMPLETED" -> new Status("Done", "good");
				case "STARTING" -> new Status("Starting", "busy");
				case "STARTED" -> new Status("Running", "busy");
				case "STOPPING" -> new Status("Stopping", "warn");
				case "STOPPED" -> new Status("Stopped", "warn");
				case "FAILED" -> new Status("Failed", "bad");
				case "ABANDONED" -> new Status("Given up", "bad");
				default -> new Status("Unknown", "bad");
			};
		}

	}

	/**
	 * A run as pages show it.
	 */
	public record RunView(long id, String title, String job, String trigger, Status status, Moment started,
			@Nullable Moment ended, String duration, @Nullable String message, boolean running, boolean restartable,
			List<StepView> steps) {

		/** The steps without their lanes. */
		public List<StepView> mainSteps() {
			return this.steps.stream().filter((step) -> !step.isLane()).toList();
		}

		/** The lanes that deliver. */
		public List<StepView> lanes() {
			return this.steps.stream().filter(StepView::isLane).toList();
		}

	}

	/**
	 * A step as pages show it.
	 */
	public record StepView(String name, Status status, @Nullable Moment started, String duration, long read,
			long written, long skipped, @Nullable String message) {

		/** Whether this is one of the workers of a step. */
		public boolean isLane() {
			return this.name.startsWith("lane:");
		}

	}

}
