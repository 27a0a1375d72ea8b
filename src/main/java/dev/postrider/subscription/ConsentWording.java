package dev.postrider.subscription;

import dev.postrider.newsletter.Newsletter;
import org.jspecify.annotations.Nullable;

/**
 * The words a reader agrees to beside the box on the form. Who changes a word changes the
 * version.
 *
 * @param version names the wording in the consent record
 * @param text what the reader saw
 * @param privacyVersion names the privacy notice linked beside it, if there was one
 * @param privacyUrl where that notice is
 */
public record ConsentWording(String version, String text, @Nullable String privacyVersion,
		@Nullable String privacyUrl) {

	private static final String VERSION = "sign-up-1";

	/** Words beside which no privacy notice stands. */
	public ConsentWording(String version, String text) {
		this(version, text, null, null);
	}

	/** The wording now in use for a newsletter. */
	public static ConsentWording of(Newsletter newsletter) {
		return new ConsentWording(VERSION, "Please send me " + newsletter.name()
				+ " by email. I can unsubscribe at any time with the link in every mail.");
	}

	/** The same words beside a privacy notice. */
	public ConsentWording beside(@Nullable String privacyVersion, @Nullable String privacyUrl) {
		return new ConsentWording(this.version, this.text, privacyVersion, privacyUrl);
	}

}
