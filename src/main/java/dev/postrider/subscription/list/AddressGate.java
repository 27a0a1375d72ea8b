package dev.postrider.subscription.list;

import java.lang.Character.UnicodeScript;
import java.net.IDN;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decides which addresses come in. Stricter than RFC 5321 on purpose: what passes can
 * stand in a header, an SMTP command and a log's mask without quoting, and names one
 * mailbox only.
 */
public final class AddressGate {

	/** The local part of the WHATWG's expression for {@code input type=email}. */
	private static final Pattern LOCAL_PART = Pattern.compile("[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+");

	private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

	private static final Pattern NUMBER = Pattern.compile("[0-9]+");

	private static final String NEVER = "<>,;:\"\\()[]";

	/**
	 * Characters that the JDK's IDNA 2003 maps to something else or drops, where today's
	 * rules keep them: the result would be another owner's domain.
	 */
	private static final String AMBIGUOUS = "\u00DF\u1E9E\u03C2\u200C\u200D";

	private static final Set<UnicodeScript> ANY_SCRIPT = Set.of(UnicodeScript.COMMON, UnicodeScript.INHERITED);

	/** Scripts that are written together (UTS 39 5.2, "highly restrictive"). */
	private static final List<Set<UnicodeScript>> TOGETHER = List.of(
			Set.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA),
			Set.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.BOPOMOFO),
			Set.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HANGUL));

	private AddressGate() {
	}

	/**
	 * Lets an address in.
	 * @param typed exactly one address, without spaces around it
	 * @return the address as we mail it
	 * @throws RefusedAddressException when it is none, with the reason for the reader
	 */
	public static EmailAddress admit(String typed) throws RefusedAddressException {
		if (typed.isEmpty()) {
			throw new RefusedAddressException(Refusal.EMPTY);
		}
		if (typed.length() > 320) {
			throw new RefusedAddressException(Refusal.FAR_TOO_LONG);
		}
		refuseStrangeCharacters(typed);
		int at = typed.indexOf('@');
		if (at < 0 || at != typed.lastIndexOf('@')) {
			throw new RefusedAddressException(Refusal.NOT_ONE_AT);
		}
		String local = localPart(typed.substring(0, at));
		EmailAddress address = new EmailAddress(local + "@" + domain(typed.substring(at + 1)));
		if (address.value().length() > 254) {
			throw new RefusedAddressException(Refusal.TOO_LONG);
		}
		return address;
	}

	private static void refuseStrangeCharacters(String typed) throws RefusedAddressException {
		for (int i = 0; i < typed.length(); i++) {
			char c = typed.charAt(i);
			if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
				throw new RefusedAddressException(Refusal.SPACE);
			}
			if (NEVER.indexOf(c) >= 0) {
				throw new RefusedAddressException(Refusal.NOT_BARE, String.valueOf(c));
			}
			int type = Character.getType(c);
			boolean joiner = AMBIGUOUS.indexOf(c) >= 0;
			if (!joiner && (type == Character.CONTROL || type == Character.FORMAT || type == Character.PRIVATE_USE
					|| type == Character.UNASSIGNED)) {
				throw new RefusedAddressException(Refusal.INVISIBLE);
			}
		}
	}

	private static String localPart(String local) throws RefusedAddressException {
		if (local.isEmpty()) {
			throw new RefusedAddressException(Refusal.NO_LOCAL_PART);
		}
		if (!local.chars().allMatch((c) -> c < 128)) {
			throw new RefusedAddressException(Refusal.LOCAL_PART_LETTERS);
		}
		if (local.length() > 64) {
			throw new RefusedAddressException(Refusal.LOCAL_PART_TOO_LONG);
		}
		if (local.startsWith(".") || local.endsWith(".") || local.contains("..")) {
			throw new RefusedAddressException(Refusal.LOCAL_PART_DOTS);
		}
		if (!LOCAL_PART.matcher(local).matches()) {
			throw new RefusedAddressException(Refusal.LOCAL_PART_CHARACTER);
		}
		return local;
	}

	private static String domain(String typed) throws RefusedAddressException {
		if (typed.isEmpty()) {
			throw new RefusedAddressException(Refusal.NO_DOMAIN);
		}
		String domain = ascii(typed).toLowerCase(Locale.ROOT);
		String[] labels = domain.split("\\.", -1);
		for (String label : labels) {
			if (!LABEL.matcher(label).matches()) {
				throw new RefusedAddressException(Refusal.DOMAIN_LABELS);
			}
		}
		if (labels.length < 2 || NUMBER.matcher(labels[labels.length - 1]).matches()) {
			throw new RefusedAddressException(Refusal.DOMAIN_INCOMPLETE);
		}
		if (Arrays.stream(IDN.toUnicode(domain).split("\\.")).anyMatch(AddressGate::isMixed)) {
			throw new RefusedAddressException(Refusal.DOMAIN_MIXED);
		}
		if (domain.length() > 253) {
			throw new RefusedAddressException(Refusal.DOMAIN_TOO_LONG);
		}
		return domain;
	}

	/** Whether a label has letters of scripts that are not written together. */
	private static boolean isMixed(String label) {
		Set<UnicodeScript> scripts = label.codePoints().mapToObj(UnicodeScript::of).collect(Collectors.toSet());
		scripts.removeAll(ANY_SCRIPT);
		return scripts.size() > 1 && TOGETHER.stream().noneMatch((each) -> each.containsAll(scripts));
	}

	private static String ascii(String domain) throws RefusedAddressException {
		if (domain.chars().anyMatch((c) -> AMBIGUOUS.indexOf(c) >= 0)) {
			throw new RefusedAddressException(Refusal.DOMAIN_AMBIGUOUS);
		}
		try {
			return IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES);
		}
		catch (IllegalArgumentException | IndexOutOfBoundsException ex) {
			throw new RefusedAddressException(Refusal.DOMAIN_WRONG);
		}
	}

}
