package dev.postrider.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One execution of a batch job.
 *
 * @param id Spring Batch's job execution id
 * @param job the job's name
 * @param identity its identifying parameters
 * @param trigger who started it
 * @param status Spring Batch's status, such as {@code STARTED}, {@code STOPPED},
 * {@code FAILED}, {@code COMPLETED}
 * @param createdAt when it was asked for
 * @param startedAt when it began
 * @param endedAt when it ended
 * @param message why it failed, if it did
 * @param steps its steps in the order they began
 */
public record Run(long id, String job, Map<String, String> identity, String trigger, String status, Instant createdAt,
		@Nullable Instant startedAt, @Nullable Instant endedAt, @Nullable String message, List<Step> steps) {

	/** Whether it is being executed. */
	public boolean isRunning() {
		return this.status.equals("STARTING") || this.status.equals("STARTED") || this.status.equals("STOPPING");
	}

	/** Whether {@link RunLauncher#restart} would take it. */
	public boolean isRestartable() {
		return this.status.equals("FAILED") || this.status.equals("STOPPED");
	}

	/**
	 * One step of a run.
	 *
	 * @param name the step's name; a lane's carries its number
	 * @param status Spring Batch's status
	 * @param startedAt when it began
	 * @param endedAt when it ended
	 * @param read items taken
	 * @param written items done
	 * @param skipped items passed over
	 * @param message why it failed, if it did
	 */
	public record Step(String name, String status, @Nullable Instant startedAt, @Nullable Instant endedAt, long read,
			long written, long skipped, @Nullable String message) {
	}

}
