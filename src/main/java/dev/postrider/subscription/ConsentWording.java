package dev.postrider.subscription;

import dev.postrider.mail.Writing;
import dev.postrider.newsletter.Newsletter;
import org.jspecify.annotations.Nullable;

/**
 * The words a reader agrees to beside the box on the form. Who changes a word changes the
 * version.
 *
 * @param version names the wording and its language in the consent record
 * @param text what the reader saw
 * @param privacyVersion names the privacy notice linked beside it, if there was one
 * @param privacyUrl where that notice is
 */
public record ConsentWording(String version, String text, @Nullable String privacyVersion,
		@Nullable String privacyUrl) {

	/** Words beside which no privacy notice stands. */
	public ConsentWording(String version, String text) {
		this(version, text, null, null);
	}

	/**
	 * The wording now in use for a newsletter, in a language; its version is such as
	 * {@code sign-up-1-en}.
	 */
	public static ConsentWording of(Newsletter newsletter, Writing writing) {
		return new ConsentWording(writing.say("consentVersion") + "-" + writing.language(),
				writing.say("consent", newsletter.name()));
	}

	/** The same words beside a privacy notice. */
	public ConsentWording beside(@Nullable String privacyVersion, @Nullable String privacyUrl) {
		return new ConsentWording(this.version, this.text, privacyVersion, privacyUrl);
	}

}
