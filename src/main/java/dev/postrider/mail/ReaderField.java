package dev.postrider.mail;

/**
 * A field that differs from reader to reader. A rendered body holds its {@link #token()};
 * the value is spliced in, escaped for where it stands, when the message leaves. The
 * tokens use private-use characters that no story or template contains.
 */
public enum ReaderField {

	/** The reader's address. */
	EMAIL("email"),

	/** The page that ends this subscription. */
	UNSUBSCRIBE_URL("unsubscribeUrl"),

	/** The page to choose days and topics. */
	PREFERENCES_URL("preferencesUrl");

	private final String key;

	ReaderField(String key) {
		this.key = key;
	}

	/** Its name in templates: {@code reader.email} and so on. */
	public String key() {
		return this.key;
	}

	/** What stands for it in a rendered body. */
	public String token() {
		return "\uE000" + this.key + "\uE001";
	}

}
