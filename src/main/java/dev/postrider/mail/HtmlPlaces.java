package dev.postrider.mail;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a rendered HTML document from its beginning and says, for one index after the
 * other, what stands there. Knows as much of HTML's syntax as tells text, attributes and
 * the rest apart.
 */
final class HtmlPlaces {

	private static final Set<String> ADDRESSES = Set.of("href", "src", "action", "formaction", "background", "cite",
			"longdesc", "poster", "data", "usemap");

	private static final Set<String> CODE = Set.of("style", "srcdoc", "srcset");

	private static final Set<String> RAW = Set.of("script", "style", "mj-style");

	private static final Pattern SCHEME_THAT_RUNS = Pattern.compile("\\s*(javascript|vbscript|data):.*",
			Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	/**
	 * A scheme and host, or a field, and nothing after it that would end the host.
	 */
	private static final Pattern HOST = Pattern
		.compile(
				"\\s*([A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*" + "|\\s*https?:/?[^/?#]*|\\s*" + ReaderField.TOKEN_START
						+ "[^" + ReaderField.TOKEN_END + "]*" + ReaderField.TOKEN_END + "[^/?#]*",
				Pattern.CASE_INSENSITIVE);

	private final String html;

	private final String lowerCase;

	private int index;

	private State state = State.TEXT;

	private String element = "";

	private int nameStart;

	private String attribute = "";

	private int valueStart;

	private char quote;

	HtmlPlaces(String html) {
		this.html = html;
		this.lowerCase = html.toLowerCase(Locale.ROOT);
	}

	/**
	 * What stands at an index.
	 * @param field the field whose token it is, for the message
	 * @param target not before that of the last call
	 * @throws IllegalArgumentException when no value can be made safe there
	 */
	Place at(ReaderField field, int target) {
		while (this.index < target) {
			step();
		}
		if (this.index > target) {
			throw refused(field, "in a comment, a style or a script");
		}
		return switch (this.state) {
			case TEXT -> inText(field, target);
			case VALUE -> inAttribute(field, this.html.substring(this.valueStart, target));
			case ELEMENT_NAME, IN_TAG, ATTRIBUTE_NAME, AFTER_EQUALS, UNQUOTED_VALUE ->
				throw refused(field, "in a tag, outside of an attribute's quotation marks");
		};
	}

	private Place inText(ReaderField field, int target) {
		if (this.html.startsWith("<", target - 1) || this.html.startsWith("</", target - 2)) {
			throw refused(field, "after a \"<\", which begins a tag");
		}
		return Place.HTML;
	}

	private Place inAttribute(ReaderField field, String before) {
		if (CODE.contains(this.attribute) || this.attribute.startsWith("on")) {
			throw refused(field, "in the attribute " + this.attribute);
		}
		if (!ADDRESSES.contains(this.attribute)) {
			return Place.HTML;
		}
		if (before.isBlank()) {
			return Place.URL;
		}
		if (SCHEME_THAT_RUNS.matcher(before).matches()) {
			throw refused(field, "in an address that runs something");
		}
		if (HOST.matcher(before).matches()) {
			throw refused(field, "in the host of an address; put a / or ? or # before it");
		}
		return Place.URL_PART;
	}

	private static IllegalArgumentException refused(ReaderField field, String where) {
		return new IllegalArgumentException("reader." + field.key() + " stands " + where
				+ "; it can stand in text, in an attribute, and in an address after its host");
	}

	private void step() {
		char c = this.html.charAt(this.index);
		switch (this.state) {
			case TEXT -> text(c);
			case ELEMENT_NAME -> elementName(c);
			case IN_TAG -> inTag(c);
			case ATTRIBUTE_NAME -> attributeName(c);
			case AFTER_EQUALS -> afterEquals(c);
			case UNQUOTED_VALUE -> unquotedValue(c);
			case VALUE -> {
				if (c == this.quote) {
					this.state = State.IN_TAG;
				}
				this.index++;
			}
		}
	}

	private void text(char c) {
		if (c != '<') {
			this.index++;
		}
		else if (this.html.startsWith("<!--[if", this.index)) {
			// What such a comment holds is markup to those who read it.
			skipPast("]>", this.index);
		}
		else if (this.html.startsWith("<!--", this.index)) {
			skipPast("-->", this.index + 2);
		}
		else if (this.html.startsWith("<!", this.index) || this.html.startsWith("<?", this.index)) {
			skipPast(">", this.index);
		}
		else {
			this.index++;
			boolean closing = this.index < this.html.length() && this.html.charAt(this.index) == '/';
			int name = this.index + (closing ? 1 : 0);
			if (name < this.html.length() && isLetter(this.html.charAt(name))) {
				this.index = name;
				this.nameStart = name;
				this.state = State.ELEMENT_NAME;
			}
		}
	}

	private void elementName(char c) {
		if (isBlank(c) || c == '>' || c == '/') {
			boolean closing = this.html.charAt(this.nameStart - 1) == '/';
			this.element = closing ? "" : name(this.index);
			this.state = State.IN_TAG;
		}
		else {
			this.index++;
		}
	}

	private void inTag(char c) {
		this.index++;
		if (c == '>') {
			this.state = State.TEXT;
			if (RAW.contains(this.element)) {
				int end = this.lowerCase.indexOf("</" + this.element, this.index);
				this.index = (end < 0) ? this.html.length() : end;
			}
		}
		else if (!isBlank(c) && c != '/') {
			this.nameStart = this.index - 1;
			this.state = State.ATTRIBUTE_NAME;
		}
	}

	private void attributeName(char c) {
		int next = this.index;
		while (next < this.html.length() && isBlank(this.html.charAt(next))) {
			next++;
		}
		if (next < this.html.length() && this.html.charAt(next) == '=') {
			this.attribute = name(this.index);
			this.state = State.AFTER_EQUALS;
			this.index = next + 1;
		}
		else if (next > this.index || c == '>' || c == '/') {
			this.state = State.IN_TAG;
			this.index = next;
		}
		else {
			this.index++;
		}
	}

	private void afterEquals(char c) {
		if (c == '"' || c == '\'') {
			this.quote = c;
			this.valueStart = this.index + 1;
			this.state = State.VALUE;
			this.index++;
		}
		else if (isBlank(c)) {
			this.index++;
		}
		else {
			this.state = State.UNQUOTED_VALUE;
		}
	}

	private void unquotedValue(char c) {
		if (isBlank(c) || c == '>') {
			this.state = State.IN_TAG;
		}
		else {
			this.index++;
		}
	}

	private String name(int end) {
		return this.html.substring(this.nameStart, end).toLowerCase(Locale.ROOT);
	}

	private void skipPast(String end, int from) {
		int found = this.html.indexOf(end, from);
		this.index = (found < 0) ? this.html.length() : found + end.length();
	}

	private static boolean isBlank(char c) {
		return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
	}

	private static boolean isLetter(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	}

	private enum State {

		TEXT, ELEMENT_NAME, IN_TAG, ATTRIBUTE_NAME, AFTER_EQUALS, VALUE, UNQUOTED_VALUE

	}

}
