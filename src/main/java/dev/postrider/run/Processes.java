package dev.postrider.run;

import java.util.List;

/**
 * The processes that share the database.
 */
public interface Processes {

	/** This process' id: 26 lower-case letters and digits, new with each start. */
	String self();

	/**
	 * Processes that are proven dead: they lost their lock and have not been heard of.
	 * What they held may be taken at once.
	 */
	List<String> dead();

}
