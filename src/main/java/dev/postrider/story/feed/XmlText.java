package dev.postrider.story.feed;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Turns a feed's bytes into text. By the rules (RFC 7303) a byte order mark decides, then
 * the server's word, then the document's own, then UTF-8; as feeds lie, the first of
 * these that the bytes really are is taken, and Windows-1252 if none.
 */
final class XmlText {

	private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

	private static final Charset UTF_32 = Charset.forName("UTF-32");

	private static final Pattern CHARSET = Pattern.compile("charset\\s*=\\s*[\"']?([\\w.:-]+)",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern PROLOG = Pattern.compile("^\\s*<\\?xml[^>]*?encoding\\s*=\\s*[\"']([\\w.:-]+)[\"']");

	private XmlText() {
	}

	static String decode(byte[] bytes, @Nullable String contentType) {
		for (Charset charset : candidates(bytes, contentType)) {
			try {
				return charset.newDecoder()
					.onMalformedInput(CodingErrorAction.REPORT)
					.onUnmappableCharacter(CodingErrorAction.REPORT)
					.decode(ByteBuffer.wrap(bytes))
					.toString();
			}
			catch (CharacterCodingException ex) {
				// Not what it says it is: the next candidate.
				continue;
			}
		}
		return new String(bytes, WINDOWS_1252);
	}

	private static List<Charset> candidates(byte[] bytes, @Nullable String contentType) {
		List<Charset> candidates = new ArrayList<>();
		int first = unit(bytes, 0);
		int second = unit(bytes, 2);
		if (first == 0 && second == 0xfeff || first == 0xfffe && second == 0 || first == 0 && second == 0x3c) {
			candidates.add(UTF_32);
		}
		else if (first == 0xfeff || first == 0xfffe) {
			candidates.add(StandardCharsets.UTF_16);
		}
		else if (first == 0x3c) {
			candidates.add(StandardCharsets.UTF_16BE);
		}
		else if (first == 0x3c00) {
			candidates.add(StandardCharsets.UTF_16LE);
		}
		if (contentType != null) {
			add(candidates, CHARSET.matcher(contentType));
		}
		String head = new String(bytes, 0, Math.min(bytes.length, 400), StandardCharsets.ISO_8859_1);
		add(candidates, PROLOG.matcher(head.startsWith("\u00ef\u00bb\u00bf") ? head.substring(3) : head));
		candidates.add(StandardCharsets.UTF_8);
		return candidates;
	}

	private static int unit(byte[] bytes, int at) {
		return (bytes.length > at + 1) ? (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff : -1;
	}

	private static void add(List<Charset> candidates, Matcher name) {
		if (!name.find()) {
			return;
		}
		try {
			Charset charset = Charset.forName(name.group(1));
			boolean wide = charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32");
			if (charset.equals(StandardCharsets.ISO_8859_1) || charset.equals(StandardCharsets.US_ASCII)) {
				// As browsers do: the quotation marks of Windows are in use under these
				// names. The bytes of UTF-8 are too, and are then easily told apart.
				candidates.add(StandardCharsets.US_ASCII);
				candidates.add(isAscii(charset) ? StandardCharsets.UTF_8 : WINDOWS_1252);
			}
			else if (!wide || !candidates.isEmpty()) {
				candidates.add(charset);
			}
		}
		catch (IllegalArgumentException ex) {
			// A charset nobody knows says nothing.
			return;
		}
	}

	private static boolean isAscii(Charset charset) {
		return charset.equals(StandardCharsets.US_ASCII);
	}

}
