package dev.postrider.mail;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A body in quoted-printable. Each piece begins at the start of a line, so that none
 * changes another.
 */
final class QuotedPrintableBody implements EncodedBody {

	private static final byte[] LINE_END = { '\r', '\n' };

	/** {@code null}: a slot. */
	private final List<byte @Nullable []> pieces = new ArrayList<>();

	private final int size;

	QuotedPrintableBody(List<Piece> body) {
		int bytes = LINE_END.length;
		for (Piece piece : body) {
			byte[] encoded = (piece instanceof Piece.Literal literal) ? QuotedPrintable.encode(literal.text()) : null;
			this.pieces.add(encoded);
			bytes += ((encoded != null) ? encoded.length : 0) + QuotedPrintable.SOFT_BREAK.length;
		}
		this.size = bytes;
	}

	@Override
	public String encoding() {
		return "quoted-printable";
	}

	@Override
	public int size() {
		return this.size;
	}

	@Override
	public void write(WireBuffer out, List<String> values) {
		int slot = 0;
		for (int i = 0; i < this.pieces.size(); i++) {
			byte[] literal = this.pieces.get(i);
			if (i > 0) {
				out.put(QuotedPrintable.SOFT_BREAK);
			}
			if (literal != null) {
				out.put(literal);
			}
			else {
				QuotedPrintable.encode(values.get(slot++), out);
			}
		}
		out.put(LINE_END);
	}

}
