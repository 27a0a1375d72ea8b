package dev.postrider;

import java.util.regex.Pattern;

/**
 * Hides addresses in what is shown to people who need not know them.
 */
public final class Masked {

	private static final Pattern ADDRESS = Pattern
		.compile("([^\\s<>@\"':;,()\\[\\]])[^\\s<>@\"':;,()\\[\\]]*@(?=[^\\s<>@])");

	private Masked() {
	}

	/** A text with each address in it cut to its first character and its domain. */
	public static String in(String text) {
		return ADDRESS.matcher(text).replaceAll("$1…@");
	}

}
