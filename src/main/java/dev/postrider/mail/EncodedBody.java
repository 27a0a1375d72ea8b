package dev.postrider.mail;

import java.util.List;

/**
 * A body encoded for transport but for its slots.
 */
sealed interface EncodedBody permits QuotedPrintableBody, Base64Body {

	/** The word for {@code Content-Transfer-Encoding}. */
	String encoding();

	/** Bytes without the readers' values. */
	int size();

	/**
	 * Writes one reader's body, in whole lines.
	 * @param out where to
	 * @param values one for each slot, in their order, as they stand there
	 */
	void write(WireBuffer out, List<String> values);

	/**
	 * Quoted-printable, which people and filters can read as it is; base64 for text that
	 * is mostly not ASCII, which it makes shorter. Never 8-bit: relays would rewrite it
	 * and break its signature (RFC 6376 5.3).
	 */
	static EncodedBody of(List<Piece> pieces) {
		QuotedPrintableBody readable = new QuotedPrintableBody(pieces);
		Base64Body compact = new Base64Body(pieces);
		return (readable.size() <= compact.size()) ? readable : compact;
	}

}
