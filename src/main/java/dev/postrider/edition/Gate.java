package dev.postrider.edition;

import dev.postrider.newsletter.Newsletter;

/**
 * Looks at an edition as its readers would get it before anybody does. An error keeps it
 * from being approved, sent by hand and sent by its run; a warning is accepted on the
 * desk, or noted on an edition that nobody approved by hand.
 */
public interface Gate {

	/**
	 * Renders the edition itself and checks it. An edition without stories has nothing to
	 * be checked.
	 * @param edition as it stands, may be a draft
	 * @param newsletter its newsletter
	 * @return what was found, errors first; a template that fails is a finding too
	 */
	GateReport check(Edition edition, Newsletter newsletter);

	/**
	 * Checks the variants that were rendered for its readers, see
	 * {@link EditionRenderer#render}. What several variants share is told once.
	 * @param edition which
	 * @param newsletter its newsletter
	 */
	GateReport checkRendered(Edition edition, Newsletter newsletter);

	/**
	 * Refuses what may not be approved or sent by an editor.
	 * @param edition as it stands
	 * @param newsletter its newsletter
	 * @throws GateException when there is an error, or a warning that nobody accepted
	 */
	void require(Edition edition, Newsletter newsletter);

	/**
	 * Accepts a warning, for this edition only.
	 * @param edition which
	 * @param newsletter its newsletter
	 * @param key the warning's, see {@link GateFinding#key()}
	 * @param actor who accepts it
	 * @return what was accepted
	 * @throws EditionException when it does not stand any more, or is an error
	 */
	GateFinding accept(Edition edition, Newsletter newsletter, String key, String actor);

}
