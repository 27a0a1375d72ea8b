package dev.postrider.monitor.problem;

import java.util.List;

/**
 * Looks for one sort of trouble in the state of things, so that nothing depends on having
 * been told: a process that dies before it can tell leaves the state behind.
 */
interface ProblemCheck {

	/** Begins the keys of all its findings. */
	String prefix();

	/** What is wrong now. What was found before and is not any more counts as cured. */
	List<Finding> find();

}
