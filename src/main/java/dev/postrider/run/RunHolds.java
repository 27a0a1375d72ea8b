package dev.postrider.run;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Tells of runs that nobody but a person may continue. Modules whose work can be held
 * have one; what was drained, or whose process died, is asked for before it goes on by
 * itself.
 */
public interface RunHolds {

	/**
	 * Why a run must wait for a person.
	 * @param job its job
	 * @param identity its identifying parameters
	 * @return a reason for the log; {@code null} when it may go on
	 */
	@Nullable String against(String job, Map<String, String> identity);

}
