package dev.postrider.mail;

import java.util.Optional;
import java.util.regex.Matcher;

/**
 * Whether readers' fields stand where any value can be written safely: in text, in an
 * attribute, in an address after its host.
 */
public final class FieldPlaces {

	private FieldPlaces() {
	}

	/**
	 * Looks at markup with tokens, HTML or MJML.
	 * @param markup a whole document
	 * @return the first token that stands elsewhere, if there is one
	 */
	public static Optional<Misplaced> misplaced(String markup) {
		HtmlPlaces places = new HtmlPlaces(markup);
		Matcher token = Pieces.TOKEN.matcher(markup);
		while (token.find()) {
			try {
				places.at(new ReaderField(token.group(1)), token.start());
			}
			catch (IllegalArgumentException ex) {
				return Optional.of(new Misplaced(token.start(), String.valueOf(ex.getMessage())));
			}
		}
		return Optional.empty();
	}

	/**
	 * A field in a wrong place.
	 *
	 * @param offset of its token, in characters
	 * @param reason for people
	 */
	public record Misplaced(int offset, String reason) {
	}

}
