package dev.postrider.mail;

import java.util.Map;

/**
 * A rendered mail: subject and the two bodies. All three may hold {@link ReaderField}
 * tokens.
 *
 * @param subject plain text, one line
 * @param html a complete HTML document
 * @param text the same for readers of plain text
 */
public record Letter(String subject, String html, String text) {

	/**
	 * The letter as one reader sees it once it is decoded.
	 * @param values this reader's fields; one for each token
	 * @throws IllegalArgumentException when one is missing, or a token stands where no
	 * value can be made safe
	 */
	public Letter filled(Map<ReaderField, String> values) {
		return new Letter(Pieces.fill(Pieces.ofText(this.subject), values),
				Pieces.fill(Pieces.ofHtml(this.html), values), Pieces.fill(Pieces.ofText(this.text), values));
	}

}
