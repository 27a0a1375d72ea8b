package dev.postrider.desk.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import dev.postrider.edition.Edition;
import org.jspecify.annotations.Nullable;

/**
 * What an editor saw when the form was opened, in a few characters. A form carries it
 * back, so that words somebody else wrote meanwhile are not overwritten unseen, while
 * another's change elsewhere in the edition disturbs nobody.
 */
final class Fingerprint {

	private Fingerprint() {
	}

	/** Of the words around the stories. */
	static String words(Edition edition) {
		return of(edition.subject(), edition.preheader(), edition.intro());
	}

	/** Of a story's words as readers see them. */
	static String words(Edition.Pick pick) {
		return of(pick.headline(), pick.summary());
	}

	private static String of(@Nullable String... parts) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			for (String part : parts) {
				digest.update(((part != null) ? part : "").getBytes(StandardCharsets.UTF_8));
				digest.update((byte) 0);
			}
			return HexFormat.of().formatHex(digest.digest(), 0, 8);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
