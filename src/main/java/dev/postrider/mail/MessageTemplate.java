package dev.postrider.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.web.util.HtmlUtils;

/**
 * A message encoded once for all its readers. A reader's copy is made by writing the
 * encoded pieces with that reader's headers and fields between them: no template engine
 * and no MIME library runs per reader. Always quoted-printable: an 8-bit body, or a line
 * too long, would be rewritten by relays and lose its signature.
 */
public final class MessageTemplate {

	private static final Pattern TOKEN = Pattern.compile("\uE000([A-Za-z0-9]+)\uE001");

	private final byte[] headers;

	private final List<Piece> pieces = new ArrayList<>();

	private final Set<ReaderField> known;

	private final int size;

	/**
	 * Encodes a message that may hold the built-in fields.
	 * @param common headers that are the same for every reader, {@code Subject} and MIME
	 * headers excepted: those are added
	 * @param letter subject and bodies, with {@link ReaderField} tokens
	 */
	public MessageTemplate(List<Header> common, Letter letter) {
		this(common, letter, ReaderField.BUILT_IN);
	}

	/**
	 * Encodes a message.
	 * @param common headers that are the same for every reader, {@code Subject} and MIME
	 * headers excepted: those are added
	 * @param letter subject and bodies, with {@link ReaderField} tokens
	 * @param fields what the tokens may name
	 * @throws IllegalArgumentException when the letter has a token of another field
	 */
	public MessageTemplate(List<Header> common, Letter letter, Collection<ReaderField> fields) {
		this.known = Set.copyOf(fields);
		// Quoted-printable never contains "=_", so the boundary cannot occur in a part.
		String boundary = "=_" + UUID.randomUUID().toString().replace("-", "");
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		common.forEach((header) -> head.writeBytes(header.bytes()));
		head.writeBytes(Header.text("Subject", letter.subject()).bytes());
		head.writeBytes(Header.of("MIME-Version", "1.0").bytes());
		head.writeBytes(new Header("Content-Type", "multipart/alternative;\r\n boundary=\"" + boundary + "\"").bytes());
		this.headers = head.toByteArray();
		part(boundary, "text/plain", letter.text(), false);
		part(boundary, "text/html", letter.html(), true);
		literal("--" + boundary + "--\r\n");
		this.size = this.headers.length
				+ this.pieces.stream().mapToInt((piece) -> (piece instanceof Literal l) ? l.bytes().length : 200).sum();
	}

	/**
	 * One reader's copy.
	 * @param own headers of this reader, such as {@code To} and {@code Message-ID}
	 * @param values this reader's fields; one for each token
	 * @return the message as it goes out, lines ended by CRLF
	 */
	public byte[] copy(List<Header> own, Map<ReaderField, String> values) {
		ByteArrayOutputStream out = new ByteArrayOutputStream(this.size + 1024);
		own.forEach((header) -> out.writeBytes(header.bytes()));
		out.writeBytes(this.headers);
		out.write('\r');
		out.write('\n');
		for (Piece piece : this.pieces) {
			if (piece instanceof Literal literal) {
				out.writeBytes(literal.bytes());
			}
			else if (piece instanceof Field field) {
				String value = values.get(field.field());
				if (value == null) {
					throw new IllegalArgumentException("No value for the reader's field " + field.field().key());
				}
				out.writeBytes(QuotedPrintable.encode(field.html() ? HtmlUtils.htmlEscape(value, "UTF-8") : value));
				out.writeBytes(QuotedPrintable.SOFT_BREAK);
			}
		}
		return out.toByteArray();
	}

	private void part(String boundary, String type, String body, boolean html) {
		literal("--" + boundary + "\r\nContent-Type: " + type
				+ "; charset=UTF-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n");
		Matcher token = TOKEN.matcher(body);
		int from = 0;
		while (token.find()) {
			ReaderField field = new ReaderField(token.group(1));
			if (!this.known.contains(field)) {
				throw new IllegalArgumentException("Unknown reader's field " + token.group(1));
			}
			this.pieces.add(new Literal(QuotedPrintable.encode(body.substring(from, token.start()))));
			this.pieces.add(new Literal(QuotedPrintable.SOFT_BREAK));
			this.pieces.add(new Field(field, html));
			from = token.end();
		}
		this.pieces.add(new Literal(QuotedPrintable.encode(body.substring(from))));
		literal("\r\n");
	}

	private void literal(String ascii) {
		this.pieces.add(new Literal(ascii.getBytes(StandardCharsets.US_ASCII)));
	}

	private sealed interface Piece permits Literal, Field {

	}

	private record Literal(byte[] bytes) implements Piece {
	}

	private record Field(ReaderField field, boolean html) implements Piece {
	}

}
