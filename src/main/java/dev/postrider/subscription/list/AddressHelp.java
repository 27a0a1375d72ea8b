package dev.postrider.subscription.list;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Guesses what somebody meant whose address has a slip in its domain: {@code gmial.com}
 * for {@code gmail.com}. A guess is a question to the reader, never a reason to turn an
 * address away.
 */
public final class AddressHelp {

	private static final DomainList POPULAR = DomainList.of("subscription/popular-domains.txt");

	private static final DomainList THROWAWAY = DomainList.of("subscription/throwaway-domains.txt");

	/** Endings that no domain has, and those next to them on a keyboard. */
	private static final Map<String, String> ENDINGS = Map.ofEntries(Map.entry("con", "com"), Map.entry("cpm", "com"),
			Map.entry("xom", "com"), Map.entry("vom", "com"), Map.entry("cim", "com"), Map.entry("cmo", "com"),
			Map.entry("ocm", "com"), Map.entry("comm", "com"), Map.entry("coom", "com"), Map.entry("ner", "net"),
			Map.entry("nte", "net"), Map.entry("nett", "net"), Map.entry("ogr", "org"), Map.entry("orgg", "org"));

	/** Countries' endings that are seldom meant after a popular name. */
	private static final Set<String> CUT_SHORT = Set.of("co", "cm", "om");

	/** Names shorter than this are one slip from too many real ones. */
	private static final int LONG_ENOUGH = 5;

	private AddressHelp() {
	}

	/**
	 * The address that may have been meant.
	 * @return empty when nothing looks like a slip
	 */
	public static Optional<EmailAddress> meant(EmailAddress address) {
		String domain = address.domain();
		if (POPULAR.has(domain)) {
			return Optional.empty();
		}
		return meantDomain(domain).map((meant) -> new EmailAddress(address.local() + "@" + meant));
	}

	private static Optional<String> meantDomain(String domain) {
		return popular(domain).or(() -> {
			int dot = domain.lastIndexOf('.');
			return Optional.ofNullable(ENDINGS.get(domain.substring(dot + 1)))
				.map((ending) -> domain.substring(0, dot + 1) + ending)
				.map((mended) -> POPULAR.has(mended) ? mended : popular(mended).orElse(mended));
		});
	}

	/** The most popular comes first. */
	private static Optional<String> popular(String domain) {
		return POPULAR.all().stream().filter((each) -> isSlip(domain, each)).findFirst();
	}

	private static boolean isSlip(String domain, String meant) {
		if (slips(domain, meant) != 1) {
			return false;
		}
		String name = domain.substring(0, domain.lastIndexOf('.'));
		String meantName = meant.substring(0, meant.lastIndexOf('.'));
		if (name.equals(meantName)) {
			// hotmail.se is no slip for hotmail.de, but for .com there are such.
			return meant.endsWith(".com") && CUT_SHORT.contains(domain.substring(name.length() + 1));
		}
		return meantName.length() >= LONG_ENOUGH || isAnagram(name, meantName);
	}

	private static boolean isAnagram(String one, String other) {
		return one.chars().sorted().boxed().toList().equals(other.chars().sorted().boxed().toList());
	}

	/**
	 * How many letters were added, left out, mistaken or swapped with their neighbour
	 * (the distance of Damerau and Levenshtein, without a letter touched twice); 2 stands
	 * for more.
	 */
	static int slips(String one, String other) {
		if (Math.abs(one.length() - other.length()) > 1) {
			return 2;
		}
		int start = 0;
		int shorter = Math.min(one.length(), other.length());
		while (start < shorter && one.charAt(start) == other.charAt(start)) {
			start++;
		}
		int end = 0;
		while (end < shorter - start && one.charAt(one.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
			end++;
		}
		String left = one.substring(start, one.length() - end);
		String right = other.substring(start, other.length() - end);
		if (left.isEmpty() && right.isEmpty()) {
			return 0;
		}
		boolean swapped = left.length() == 2 && right.length() == 2 && left.charAt(0) == right.charAt(1)
				&& left.charAt(1) == right.charAt(0);
		return (swapped || (left.length() <= 1 && right.length() <= 1)) ? 1 : 2;
	}

	/** Whether so many readers have their mailbox there that they are no crowd. */
	public static boolean isPopular(EmailAddress address) {
		return POPULAR.has(address.domain());
	}

	/** Whether the domain gives mailboxes to be thrown away. */
	public static boolean isThrowaway(String domain) {
		return THROWAWAY.covers(domain);
	}

}
