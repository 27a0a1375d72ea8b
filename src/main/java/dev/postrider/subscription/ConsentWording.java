package dev.postrider.subscription;

import dev.postrider.newsletter.Newsletter;

/**
 * The words a reader agrees to beside the box on the form. Who changes a word changes the
 * version.
 *
 * @param version names the wording in the consent record
 * @param text what the reader saw
 */
public record ConsentWording(String version, String text) {

	private static final String VERSION = "sign-up-1";

	/** The wording now in use for a newsletter. */
	public static ConsentWording of(Newsletter newsletter) {
		return new ConsentWording(VERSION, "Please send me " + newsletter.name()
				+ " by email. I can unsubscribe at any time with the link in every mail.");
	}

}
