package dev.postrider.mail.dkim;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a receiver does (RFC 6376 6.1), written apart from the signer and in another way:
 * by patterns over text. Others' verifiers judge what a relay delivered elsewhere.
 */
final class DkimVerifier {

	private static final Pattern FIELD = Pattern.compile("([!-9;-~]+)[ \t]*:((?:[^\r\n]|\r\n[ \t])*)\r\n");

	private final List<String[]> fields = new ArrayList<>();

	private final String body;

	DkimVerifier(byte[] message) {
		String text = new String(message, StandardCharsets.ISO_8859_1);
		int end = text.indexOf("\r\n\r\n") + 2;
		Matcher field = FIELD.matcher(text.substring(0, end));
		while (field.find()) {
			this.fields.add(new String[] { field.group(1), field.group(2) });
		}
		this.body = text.substring(end + 2);
	}

	/** The tags of all signatures, from top to bottom. */
	List<Map<String, String>> signatures() {
		return this.fields.stream().filter(DkimVerifier::isSignature).map((field) -> tags(field[1])).toList();
	}

	/** Whether a signature is good. */
	boolean verify(int index, PublicKey key) {
		try {
			String[] signature = this.fields.stream().filter(DkimVerifier::isSignature).toList().get(index);
			Map<String, String> tags = tags(signature[1]);
			MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
			String hash = Base64.getEncoder().encodeToString(sha256.digest(bytes(relaxedBody())));
			if (!hash.equals(tags.get("bh"))) {
				return false;
			}
			byte[] signed = bytes(
					signedHeaders(tags) + relaxed(signature[0], signature[1].replaceAll("([;\\s]b=)[^;]*", "$1")));
			boolean rsa = "rsa-sha256".equals(tags.get("a"));
			Signature verifier = Signature.getInstance(rsa ? "SHA256withRSA" : "Ed25519");
			verifier.initVerify(key);
			verifier.update(rsa ? signed : sha256.digest(signed));
			return verifier.verify(Base64.getDecoder().decode(tags.get("b")));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The names in {@code h=}, in lower case. */
	static List<String> names(Map<String, String> tags) {
		return Arrays.asList(tags.getOrDefault("h", "").toLowerCase(Locale.ROOT).split(":"));
	}

	private String signedHeaders(Map<String, String> tags) {
		List<String[]> left = new ArrayList<>(this.fields);
		StringBuilder signed = new StringBuilder();
		for (String name : names(tags)) {
			for (int i = left.size() - 1; i >= 0; i--) {
				if (left.get(i)[0].equalsIgnoreCase(name)) {
					String[] field = left.remove(i);
					signed.append(relaxed(field[0], field[1])).append("\r\n");
					break;
				}
			}
		}
		return signed.toString();
	}

	private String relaxedBody() {
		String lines = this.body.replaceAll("[ \t]+\r\n", "\r\n").replaceAll("[ \t]+$", "").replaceAll("[ \t]+", " ");
		String ended = lines.replaceAll("(\r\n)+$", "");
		return ended.isEmpty() ? "" : ended + "\r\n";
	}

	private static String relaxed(String name, String value) {
		return name.toLowerCase(Locale.ROOT) + ":"
				+ value.replace("\r\n", "").replaceAll("[ \t]+", " ").replaceAll("^ | $", "");
	}

	private static Map<String, String> tags(String value) {
		Map<String, String> tags = new HashMap<>();
		for (String tag : value.replaceAll("\\s", "").split(";")) {
			tags.put(tag.substring(0, tag.indexOf('=')), tag.substring(tag.indexOf('=') + 1));
		}
		return tags;
	}

	private static boolean isSignature(String[] field) {
		return field[0].equalsIgnoreCase("DKIM-Signature");
	}

	private static byte[] bytes(String latin1) {
		return latin1.getBytes(StandardCharsets.ISO_8859_1);
	}

}
