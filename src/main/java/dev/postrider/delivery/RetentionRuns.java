package dev.postrider.delivery;

/**
 * The job that keeps only counts of old editions' deliveries. The schedule starts it
 * every day, with the identity {@code day}.
 */
public interface RetentionRuns {

	/** The job's name. */
	String JOB = "retention";

}
