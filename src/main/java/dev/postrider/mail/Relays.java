package dev.postrider.mail;

import java.util.List;

/**
 * The SMTP servers that accept our mail: one or several, of which each message takes the
 * first that answers and has not reached its limits.
 */
public interface Relays {

	/**
	 * Where editions leave, for one thread. Nothing is opened before the first message.
	 */
	RelayConnection connection();

	/**
	 * Where single mails leave, for one thread: they may also use the small reserve that
	 * editions leave of each limit, since somebody waits for them.
	 */
	RelayConnection connectionForSingleMails();

	/** Their names, in the order in which they are tried. */
	List<String> names();

	/** How each of them is, in the order in which they are tried. */
	List<RelayStatus> all();

}
