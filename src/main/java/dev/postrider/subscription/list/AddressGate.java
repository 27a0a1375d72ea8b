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
			throw new RefusedAddressException("Enter your email address.");
		}
		if (typed.length() > 320) {
			throw new RefusedAddressException("That is too long for an email address.");
		}
		refuseStrangeCharacters(typed);
		int at = typed.indexOf('@');
		if (at < 0 || at != typed.lastIndexOf('@')) {
			throw new RefusedAddressException("Enter one address with one @, like name@example.com.");
		}
		String local = localPart(typed.substring(0, at));
		EmailAddress address = new EmailAddress(local + "@" + domain(typed.substring(at + 1)));
		if (address.value().length() > 254) {
			throw new RefusedAddressException("That is too long: an email address has at most 254 characters.");
		}
		return address;
	}

	private static void refuseStrangeCharacters(String typed) throws RefusedAddressException {
		for (int i = 0; i < typed.length(); i++) {
			char c = typed.charAt(i);
			if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
				throw new RefusedAddressException("An email address has no spaces; take them out.");
			}
			if (NEVER.indexOf(c) >= 0) {
				throw new RefusedAddressException(
						"Enter the bare address, like name@example.com; it cannot contain " + c + " here.");
			}
			int type = Character.getType(c);
			boolean joiner = AMBIGUOUS.indexOf(c) >= 0;
			if (!joiner && (type == Character.CONTROL || type == Character.FORMAT || type == Character.PRIVATE_USE
					|| type == Character.UNASSIGNED)) {
				throw new RefusedAddressException("The address contains an invisible character; type it anew.");
			}
		}
	}

	private static String localPart(String local) throws RefusedAddressException {
		if (local.isEmpty()) {
			throw new RefusedAddressException("The part before the @ is missing.");
		}
		if (!local.chars().allMatch((c) -> c < 128)) {
			throw new RefusedAddressException(
					"Letters like é or ж before the @ are not supported yet; use an address without them.");
		}
		if (local.length() > 64) {
			throw new RefusedAddressException("The part before the @ is too long: it has at most 64 characters.");
		}
		if (local.startsWith(".") || local.endsWith(".") || local.contains("..")) {
			throw new RefusedAddressException("There is a dot too many before the @.");
		}
		if (!LOCAL_PART.matcher(local).matches()) {
			throw new RefusedAddressException("The part before the @ contains a character that cannot stand there.");
		}
		return local;
	}

	private static String domain(String typed) throws RefusedAddressException {
		if (typed.isEmpty()) {
			throw new RefusedAddressException("The part after the @ is missing.");
		}
		String domain = ascii(typed).toLowerCase(Locale.ROOT);
		String[] labels = domain.split("\\.", -1);
		for (String label : labels) {
			if (!LABEL.matcher(label).matches()) {
				throw new RefusedAddressException("The part after the @ is not a domain; check its dots and hyphens.");
			}
		}
		if (labels.length < 2 || NUMBER.matcher(labels[labels.length - 1]).matches()) {
			throw new RefusedAddressException("The part after the @ is incomplete; it ends like .com or .org.");
		}
		if (Arrays.stream(IDN.toUnicode(domain).split("\\.")).anyMatch(AddressGate::isMixed)) {
			throw new RefusedAddressException(
					"The domain mixes letters of several alphabets, some of which look alike; type it anew.");
		}
		if (domain.length() > 253) {
			throw new RefusedAddressException("The part after the @ is too long.");
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
			throw new RefusedAddressException(
					"The domain contains a letter that servers read differently; type its form that begins with xn--.");
		}
		try {
			return IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES);
		}
		catch (IllegalArgumentException | IndexOutOfBoundsException ex) {
			throw new RefusedAddressException("The part after the @ is not a domain; check how it is written.");
		}
	}

}
