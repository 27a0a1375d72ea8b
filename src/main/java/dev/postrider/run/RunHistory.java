package dev.postrider.run;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Runs as they are recorded, newest first.
 */
public interface RunHistory {

	/**
	 * A page of runs.
	 * @param job only this job's, or {@code null} for all
	 * @param before only runs with a smaller id, or {@code null} for the newest
	 * @param limit at most so many
	 */
	List<Run> list(@Nullable String job, @Nullable Long before, int limit);

	/** One run with its steps. */
	Optional<Run> find(long id);

}
