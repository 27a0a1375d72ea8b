package dev.postrider.newsletter;

/**
 * What becomes of an edition for which there are fewer stories than its newsletter's
 * minimum.
 */
public enum SlowNews {

	/** It is not sent. */
	SKIP,

	/** It is not sent; its stories go into the next one. */
	MERGE,

	/** Older stories than the newsletter's window allows are taken too. */
	WIDEN,

	/** It is filled with stories that do not age. */
	EVERGREEN

}
