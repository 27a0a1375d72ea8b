package dev.postrider.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A body in base64. Three bytes make four characters, so where a literal begins among
 * three depends on the values before it: each is encoded for all three beginnings, and
 * what is left over at its end goes with what follows.
 */
final class Base64Body implements EncodedBody {

	private static final byte[] LINE_END = { '\r', '\n' };

	/** Characters a line; a multiple of four. */
	private static final int LINE = 76;

	private static final int BYTES_A_LINE = LINE / 4 * 3;

	/** {@code null}: a slot. */
	private final List<@Nullable Literal> pieces = new ArrayList<>();

	private final int size;

	Base64Body(List<Piece> body) {
		int bytes = 0;
		for (Piece piece : body) {
			Literal literal = (piece instanceof Piece.Literal text) ? new Literal(text.text()) : null;
			this.pieces.add(literal);
			bytes += (literal != null) ? literal.encoded[0].length + 8 : 0;
		}
		this.size = bytes;
	}

	@Override
	public String encoding() {
		return "base64";
	}

	@Override
	public int size() {
		return this.size;
	}

	@Override
	public void write(WireBuffer out, List<String> values) {
		WireBuffer rest = new WireBuffer(256);
		int slot = 0;
		for (Literal literal : this.pieces) {
			if (literal == null) {
				rest.put(values.get(slot++).getBytes(StandardCharsets.UTF_8));
				continue;
			}
			int missing = (3 - rest.length() % 3) % 3;
			if (literal.raw.length <= missing) {
				rest.put(literal.raw);
				continue;
			}
			rest.put(literal.raw, 0, missing);
			lines(out, rest.toByteArray());
			rest.clear();
			out.put(literal.encoded[missing]);
			rest.put(literal.rest[missing]);
		}
		lines(out, rest.toByteArray());
	}

	private static void lines(WireBuffer out, byte[] raw) {
		for (int from = 0; from < raw.length; from += BYTES_A_LINE) {
			out.put(Base64.getEncoder()
				.encode(Arrays.copyOfRange(raw, from, Math.min(raw.length, from + BYTES_A_LINE))));
			out.put(LINE_END);
		}
	}

	private static final class Literal {

		private final byte[] raw;

		private final byte[][] encoded = new byte[3][];

		private final byte[][] rest = new byte[3][];

		Literal(String text) {
			this.raw = text.replaceAll("\\r\\n|\\r|\\n", "\r\n").getBytes(StandardCharsets.UTF_8);
			for (int skipped = 0; skipped < 3; skipped++) {
				int from = Math.min(skipped, this.raw.length);
				int end = this.raw.length - (this.raw.length - from) % 3;
				this.encoded[skipped] = lines(Arrays.copyOfRange(this.raw, from, end));
				this.rest[skipped] = Arrays.copyOfRange(this.raw, end, this.raw.length);
			}
		}

		private static byte[] lines(byte[] raw) {
			ByteArrayOutputStream lines = new ByteArrayOutputStream(raw.length * 3 / 2);
			if (raw.length > 0) {
				lines.writeBytes(Base64.getMimeEncoder(LINE, LINE_END).encode(raw));
				lines.writeBytes(LINE_END);
			}
			return lines.toByteArray();
		}

	}

}
