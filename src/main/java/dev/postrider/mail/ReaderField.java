package dev.postrider.mail;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A field that differs from reader to reader. A rendered body holds its {@link #token()};
 * the value is spliced in, escaped for where it stands, when the message leaves. The
 * tokens use private-use characters that no story or template contains.
 *
 * @param key its name in templates: {@code reader.email} and so on
 */
public record ReaderField(String key) {

	/** Longest key, in characters. */
	public static final int LONGEST_KEY = 40;

	private static final Pattern KEY = Pattern.compile("[a-z][A-Za-z0-9]{0," + (LONGEST_KEY - 1) + "}");

	/** The reader's address. */
	public static final ReaderField EMAIL = new ReaderField("email");

	/** The reader's name; empty when it is not known. */
	public static final ReaderField NAME = new ReaderField("name");

	/** The page that ends this subscription. */
	public static final ReaderField UNSUBSCRIBE_URL = new ReaderField("unsubscribeUrl");

	/** The page to choose days and topics. */
	public static final ReaderField PREFERENCES_URL = new ReaderField("preferencesUrl");

	/** The web copy of what this reader got, without personal links. */
	public static final ReaderField ONLINE_URL = new ReaderField("onlineUrl");

	/** The edition's page for everybody, to be passed on. */
	public static final ReaderField SHARE_URL = new ReaderField("shareUrl");

	/** The topics this reader chose, in words. */
	public static final ReaderField TOPICS = new ReaderField("topics");

	/** Those that every reader of every newsletter has. */
	public static final List<ReaderField> BUILT_IN = List.of(EMAIL, NAME, UNSUBSCRIBE_URL, PREFERENCES_URL, ONLINE_URL,
			SHARE_URL, TOPICS);

	static final char TOKEN_START = '\uE000';

	static final char TOKEN_END = '\uE001';

	/**
	 * A field by its key.
	 * @throws IllegalArgumentException when a template could not name it
	 */
	public ReaderField {
		if (!KEY.matcher(key).matches()) {
			throw new IllegalArgumentException("\"" + key + "\" cannot be a reader's field: wanted is a small letter, "
					+ "then letters and digits, at most " + LONGEST_KEY + " in all, such as memberSince");
		}
	}

	/**
	 * A field that a newsletter declares.
	 * @param name its key
	 * @throws IllegalArgumentException when a template could not name it, or it has the
	 * key of a built-in field
	 */
	public static ReaderField attribute(String name) {
		ReaderField field = new ReaderField(name);
		if (BUILT_IN.contains(field)) {
			throw new IllegalArgumentException(
					"Every reader has a field \"" + name + "\" already; an attribute needs a name of its own");
		}
		return field;
	}

	/** What stands for it in a rendered body. */
	public String token() {
		return TOKEN_START + this.key + TOKEN_END;
	}

}
