package dev.postrider.edition.gate;

import java.util.List;

import dev.postrider.edition.GateFinding;

/**
 * One thing that is looked at in every letter. A rule is a Spring component; having one
 * more takes nothing but its class.
 */
interface GateRule {

	/**
	 * Its name in findings and in the setting {@code postrider.gate.rules}: lower case
	 * and dashes.
	 */
	String name();

	/** What it finds in a letter; nothing when all is well. */
	List<GateFinding> check(GateLetter letter);

}
