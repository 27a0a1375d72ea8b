package dev.postrider.delivery;

import java.time.LocalDate;

import dev.postrider.edition.Edition;

/**
 * Starts the digest job of an edition.
 */
public interface DigestRuns {

	/** The job's name. */
	String JOB = "digest";

	/**
	 * Sends an edition now: collect, pick, compose, freeze, render, deliver, close. A run
	 * of it that failed or was stopped is resumed; also that of a retry, if it is in one.
	 * @param newsletterSlug whose
	 * @param date its date
	 * @param number its number
	 * @param trigger who wants it
	 * @return the run's id
	 * @throws dev.postrider.run.RunRefusedException when it is being sent or was sent
	 */
	long send(String newsletterSlug, LocalDate date, int number, String trigger);

	/** Whether a run is sending the edition, for the first time or again. */
	boolean isRunning(Edition edition);

}
