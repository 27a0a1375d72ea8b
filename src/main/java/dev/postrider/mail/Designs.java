package dev.postrider.mail;

import java.util.List;
import java.util.Map;

/**
 * The designs that editions can have: those that come with Postrider, and the folders
 * that a newsroom dropped into {@code postrider.mail.templates}. A folder holds an
 * {@code edition.mjml.ftlh} and an {@code edition.txt.ftl}, or names the design it is
 * based on, and may hold a {@code theme.properties} with colours, fonts and a logo.
 */
public interface Designs {

	/**
	 * Whether there is such a design.
	 * @param name its folder's name
	 */
	boolean exists(String name);

	/** All that can be used, by name. */
	List<String> all();

	/** The newsroom's own, by name; those that are wrong too. */
	List<String> own();

	/**
	 * What is wrong with the newsroom's folders as they are now, by folder: file, line
	 * and reason. Whether a design renders is not tried.
	 */
	Map<String, String> faults();

}
