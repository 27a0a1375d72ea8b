package dev.postrider.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts rendered text where it holds tokens.
 */
final class Pieces {

	static final Pattern TOKEN = Pattern.compile(ReaderField.TOKEN_START + "([A-Za-z0-9]+)" + ReaderField.TOKEN_END);

	private Pieces() {
	}

	/** Of plain text. */
	static List<Piece> ofText(String text) {
		return cut(text, (field, at) -> Place.TEXT);
	}

	/**
	 * Of an HTML document.
	 * @throws IllegalArgumentException when a token stands where no value can be made
	 * safe
	 */
	static List<Piece> ofHtml(String html) {
		HtmlPlaces places = new HtmlPlaces(html);
		return cut(html, places::at);
	}

	/** Puts it together for one reader. */
	static String fill(List<Piece> pieces, Map<ReaderField, String> values) {
		StringBuilder filled = new StringBuilder();
		for (Piece piece : pieces) {
			if (piece instanceof Piece.Slot slot) {
				filled.append(slot.place().write(value(slot.field(), values)));
			}
			else if (piece instanceof Piece.Literal literal) {
				filled.append(literal.text());
			}
		}
		return filled.toString();
	}

	static String value(ReaderField field, Map<ReaderField, String> values) {
		String value = values.get(field);
		if (value == null) {
			throw new IllegalArgumentException("No value for the reader's field " + field.key());
		}
		return value;
	}

	private static List<Piece> cut(String text, Places places) {
		List<Piece> pieces = new ArrayList<>();
		Matcher token = TOKEN.matcher(text);
		int from = 0;
		while (token.find()) {
			if (token.start() > from) {
				pieces.add(new Piece.Literal(text.substring(from, token.start())));
			}
			ReaderField field = new ReaderField(token.group(1));
			pieces.add(new Piece.Slot(field, places.at(field, token.start())));
			from = token.end();
		}
		if (from < text.length()) {
			pieces.add(new Piece.Literal(text.substring(from)));
		}
		return pieces;
	}

	private interface Places {

		Place at(ReaderField field, int index);

	}

}
