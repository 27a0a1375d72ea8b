package dev.postrider.mail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A message encoded once for all its readers. A reader's copy is made by writing the
 * encoded pieces with that reader's headers and fields between them: no template engine
 * and no MIME library runs per reader.
 */
public final class MessageTemplate {

	private static final byte[] LINE_END = { '\r', '\n' };

	private static final ThreadLocal<WireBuffer> BUFFER = ThreadLocal.withInitial(() -> new WireBuffer(64 * 1024));

	private final byte[] headers;

	private final List<Piece> subject;

	private final byte[] mimeHeaders;

	private final List<Part> parts;

	private final byte[] end;

	private final Set<ReaderField> fields;

	/**
	 * Encodes a message that may hold the built-in fields.
	 * @param common headers that are the same for every reader, {@code Subject} and MIME
	 * headers excepted: those are added
	 * @param letter subject and bodies, with {@link ReaderField} tokens
	 * @throws IllegalArgumentException as the other constructor
	 */
	public MessageTemplate(List<Header> common, Letter letter) {
		this(common, letter, ReaderField.BUILT_IN);
	}

	/**
	 * Encodes a message.
	 * @param common headers that are the same for every reader, {@code Subject} and MIME
	 * headers excepted: those are added
	 * @param letter subject and bodies, with {@link ReaderField} tokens
	 * @param known what the tokens may name
	 * @throws IllegalArgumentException when the letter has a token of another field, or
	 * one where no value can be made safe
	 */
	public MessageTemplate(List<Header> common, Letter letter, Collection<ReaderField> known) {
		// No line of either encoding begins with "--=_", so none is taken for a boundary.
		String boundary = "=_" + UUID.randomUUID().toString().replace("-", "");
		this.subject = Pieces.ofText(letter.subject());
		List<Piece> text = Pieces.ofText(letter.text());
		List<Piece> html = Pieces.ofHtml(letter.html());
		this.headers = bytes(isSubjectCommon() ? with(common, Header.text("Subject", letter.subject())) : common);
		this.mimeHeaders = bytes(List.of(Header.of("MIME-Version", "1.0"),
				new Header("Content-Type", "multipart/alternative;\r\n boundary=\"" + boundary + "\"")));
		this.parts = List.of(Part.of(boundary, "text/plain", text), Part.of(boundary, "text/html", html));
		this.end = ("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
		this.fields = Stream.of(this.subject, text, html)
			.flatMap(List::stream)
			.filter(Piece.Slot.class::isInstance)
			.map((slot) -> ((Piece.Slot) slot).field())
			.collect(Collectors.toUnmodifiableSet());
		for (ReaderField field : this.fields) {
			if (!known.contains(field)) {
				throw new IllegalArgumentException("Unknown reader's field " + field.key() + "; known are "
						+ String.join(", ", known.stream().map(ReaderField::key).sorted().toList()));
			}
		}
	}

	/** The fields that each copy needs a value for. */
	public Set<ReaderField> fields() {
		return this.fields;
	}

	/**
	 * One reader's copy.
	 * @param own headers of this reader, such as {@code To} and {@code Message-ID}
	 * @param values this reader's fields; one for each token
	 * @return the message as it goes out, lines ended by CRLF
	 */
	public byte[] copy(List<Header> own, Map<ReaderField, String> values) {
		WireBuffer out = BUFFER.get();
		out.clear();
		own.forEach((header) -> out.put(header.bytes()));
		out.put(this.headers);
		if (!isSubjectCommon()) {
			out.put(Header.text("Subject", Pieces.fill(this.subject, values)).bytes());
		}
		out.put(this.mimeHeaders);
		out.put(LINE_END);
		for (Part part : this.parts) {
			part.write(out, values);
		}
		out.put(this.end);
		return out.toByteArray();
	}

	private boolean isSubjectCommon() {
		return this.subject.stream().noneMatch(Piece.Slot.class::isInstance);
	}

	private static List<Header> with(List<Header> headers, Header another) {
		return Stream.concat(headers.stream(), Stream.of(another)).toList();
	}

	private static byte[] bytes(List<Header> headers) {
		WireBuffer out = new WireBuffer(1024);
		headers.forEach((header) -> out.put(header.bytes()));
		return out.toByteArray();
	}

	/**
	 * One of the two bodies.
	 *
	 * @param head its boundary and headers
	 * @param slots in their order
	 * @param body with holes for them
	 */
	private record Part(byte[] head, List<Piece.Slot> slots, EncodedBody body) {

		static Part of(String boundary, String type, List<Piece> pieces) {
			EncodedBody body = EncodedBody.of(pieces);
			String head = "--" + boundary + "\r\nContent-Type: " + type
					+ "; charset=UTF-8\r\nContent-Transfer-Encoding: " + body.encoding() + "\r\n\r\n";
			List<Piece.Slot> slots = pieces.stream()
				.filter(Piece.Slot.class::isInstance)
				.map(Piece.Slot.class::cast)
				.toList();
			return new Part(head.getBytes(StandardCharsets.US_ASCII), slots, body);
		}

		void write(WireBuffer out, Map<ReaderField, String> values) {
			out.put(this.head);
			List<String> written = new ArrayList<>(this.slots.size());
			for (Piece.Slot slot : this.slots) {
				written.add(slot.place().write(Pieces.value(slot.field(), values)));
			}
			this.body.write(out, written);
		}

	}

}
