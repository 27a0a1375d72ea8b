package dev.postrider.newsletter;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newsletters we publish.
 */
public interface Newsletters {

	/** All of them, by name. */
	List<Newsletter> all();

	/** One by its slug. */
	Optional<Newsletter> find(String slug);

	/** One by its key. */
	Optional<Newsletter> find(long id);

	/**
	 * How its stories are ranked and chosen: {@link PickingRules#DEFAULT} until somebody
	 * changes that.
	 */
	PickingRules rules(long newsletterId);

	/** Sets how its stories are ranked and chosen, all at once. */
	void changeRules(long newsletterId, PickingRules rules);

	/**
	 * Sets how many stories an edition carries and how old they may be.
	 * @param newsletterId which
	 * @param stories at least 1
	 * @param window at least an hour, in whole hours
	 */
	void changeStories(long newsletterId, int stories, Duration window);

	/**
	 * Sets what the sending of its editions is spread over.
	 * @param newsletterId which
	 * @param window in whole minutes; zero: as fast as it goes
	 */
	void changeSendWindow(long newsletterId, Duration window);

	/** Whether a new reader is mailed the latest edition at once. */
	boolean welcomes(long newsletterId);

	/** Sets whether a new reader is mailed the latest edition at once. */
	void changeWelcome(long newsletterId, boolean wanted);

	/** What it keeps about its readers, by name. */
	List<Attribute> attributes(long newsletterId);

	/** Adds such an attribute, or changes its label and fallback. */
	void declare(long newsletterId, Attribute attribute);

	/**
	 * Forgets an attribute, and what is kept of it about every reader. Its last fallback
	 * stays, for mails that are made already and still to leave.
	 * @return whether there was one
	 */
	boolean forget(long newsletterId, String attribute);

	/** The last fallbacks of attributes that were forgotten, by name. */
	Map<String, String> formerFallbacks(long newsletterId);

}
