package dev.postrider.mail;

/**
 * The designs that editions can have: those that come with Postrider, and the folders
 * that a newsroom dropped into {@code postrider.mail.templates}.
 */
public interface Designs {

	/**
	 * Whether there is such a design.
	 * @param name its folder's name
	 */
	boolean exists(String name);

}
