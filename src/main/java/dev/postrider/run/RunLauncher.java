package dev.postrider.run;

import java.util.Map;
import java.util.Optional;

/**
 * The only place that starts, stops and restarts batch jobs. Every call holds one
 * database lock while it decides, because Spring Batch lets simultaneous restarts of one
 * run all succeed (spring-batch issue 5397). The work itself happens in the background.
 */
public interface RunLauncher {

	/**
	 * Starts a job, or resumes its earlier run when that failed or was stopped.
	 * @param job the job's name, such as {@code digest}
	 * @param identity what makes this run one of its kind, such as newsletter, date and
	 * number; a job with the same identity never completes twice
	 * @param trigger who wants it: {@code schedule}, {@code recovery}, {@code demo} or an
	 * account
	 * @return the run's id
	 * @throws RunRefusedException when it is running already or has completed
	 */
	long start(String job, Map<String, String> identity, String trigger);

	/**
	 * Continues a failed or stopped run where it left off.
	 * @param runId its id
	 * @param trigger who wants it
	 * @return the id of the run that continues it
	 * @throws RunRefusedException when it is running, completed or unknown
	 */
	long restart(long runId, String trigger);

	/**
	 * Asks a run to stop. Steps end at their next commit; what is in flight is finished
	 * and written.
	 * @param runId its id
	 * @throws RunRefusedException when it is not running or unknown
	 */
	void stop(long runId);

	/**
	 * Whether a job with this identity was ever started.
	 * @param job the job's name
	 * @param identity as in {@link #start}
	 */
	boolean isKnown(String job, Map<String, String> identity);

	/**
	 * Whether a run of this identity is being executed.
	 * @param job the job's name
	 * @param identity as in {@link #start}
	 */
	boolean isRunning(String job, Map<String, String> identity);

	/**
	 * The run of this identity that is being executed.
	 * @param job the job's name
	 * @param identity as in {@link #start}
	 * @return its id; empty when there is none
	 */
	Optional<Long> running(String job, Map<String, String> identity);

}
