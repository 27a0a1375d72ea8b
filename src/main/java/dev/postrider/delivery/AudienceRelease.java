package dev.postrider.delivery;

/**
 * Gives an edition back to its editors after its audience was frozen, as long as nobody
 * has been mailed.
 */
public interface AudienceRelease {

	/**
	 * Forgets a held edition's audience and what was picked for its readers, so that it
	 * can be a draft again; it is frozen anew when it is sent. Does nothing when no
	 * audience is frozen.
	 * @param editionId which
	 * @throws dev.postrider.edition.EditionException when it is not held, or a mail of it
	 * was tried
	 */
	void release(long editionId);

	/** Whether that can be done, or need not be. */
	boolean isReleasable(long editionId);

}
