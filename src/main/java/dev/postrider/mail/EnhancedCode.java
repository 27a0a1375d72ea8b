package dev.postrider.mail;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.postrider.mail.Verdict.Kind;
import org.jspecify.annotations.Nullable;

/**
 * An enhanced status code (RFC 3463 and its registry, RFC 5248), and what it says by
 * itself.
 *
 * @param level 2, 4 or 5
 * @param subject whom it is about
 * @param detail what
 */
record EnhancedCode(int level, int subject, int detail) {

	private static final Pattern CODE = Pattern.compile("(?<![\\d.])([245])\\.([0-7])\\.(\\d{1,3})(?![\\d.]*\\d)");

	/** By subject and detail; what is not here says too little. */
	private static final Map<String, Kind> KINDS = Map.ofEntries(Map.entry("1.1", Kind.UNKNOWN_USER),
			Map.entry("1.2", Kind.UNKNOWN_DOMAIN), Map.entry("1.3", Kind.BAD_ADDRESS), Map.entry("1.6", Kind.MOVED),
			Map.entry("1.7", Kind.SENDER), Map.entry("1.8", Kind.SENDER), Map.entry("1.10", Kind.UNKNOWN_DOMAIN),
			Map.entry("2.1", Kind.DISABLED), Map.entry("2.2", Kind.MAILBOX_FULL), Map.entry("2.3", Kind.SIZE),
			Map.entry("3.1", Kind.SYSTEM), Map.entry("3.2", Kind.SYSTEM), Map.entry("3.4", Kind.SIZE),
			Map.entry("3.5", Kind.SYSTEM), Map.entry("4.3", Kind.NETWORK), Map.entry("4.4", Kind.UNKNOWN_DOMAIN),
			Map.entry("4.5", Kind.SYSTEM), Map.entry("4.6", Kind.NETWORK), Map.entry("4.7", Kind.EXPIRED),
			Map.entry("6.7", Kind.FORMAT), Map.entry("7.8", Kind.AUTHENTICATION),
			Map.entry("7.27", Kind.AUTHENTICATION), Map.entry("7.28", Kind.RATE_LIMITED),
			Map.entry("7.500", Kind.RATE_LIMITED), Map.entry("7.509", Kind.AUTHENTICATION),
			Map.entry("7.511", Kind.BLOCKED), Map.entry("7.515", Kind.AUTHENTICATION),
			Map.entry("7.650", Kind.RATE_LIMITED), Map.entry("7.651", Kind.RATE_LIMITED),
			Map.entry("7.708", Kind.BLOCKED));

	/**
	 * The code of a text: the first that says something by itself, else the first.
	 */
	static @Nullable EnhancedCode in(@Nullable String text) {
		if (text == null) {
			return null;
		}
		EnhancedCode first = null;
		Matcher found = CODE.matcher(text);
		while (found.find()) {
			EnhancedCode code = new EnhancedCode(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)),
					Integer.parseInt(found.group(3)));
			if (code.kind() != null) {
				return code;
			}
			first = (first != null) ? first : code;
		}
		return first;
	}

	/** Whether it says no more than that something is wrong. */
	boolean isEmpty() {
		return this.subject == 0;
	}

	/** Whether the receiver's rules are against it. */
	boolean isPolicy() {
		return this.subject == 7;
	}

	/** Whether it says that there is a mailbox, or rules, behind the address. */
	boolean speaksOfKnownMailbox() {
		return this.subject == 2 || this.subject == 7;
	}

	/** What it says for sure; {@code null} where servers use it for many things. */
	@Nullable Kind kind() {
		if (this.subject == 7 && this.detail >= 20 && this.detail <= 26) {
			// DKIM, SPF, reverse DNS (RFC 7372).
			return Kind.AUTHENTICATION;
		}
		if (this.subject == 7 && this.detail >= 601 && this.detail <= 649) {
			// Microsoft's lists of addresses on the network.
			return Kind.BLOCKED;
		}
		if (this.subject == 4 && this.detail == 4 && this.level == 4) {
			return Kind.NETWORK;
		}
		return KINDS.get(this.subject + "." + this.detail);
	}

	/** What it may mean where no words tell more. */
	Kind guess() {
		Kind sure = kind();
		if (sure != null) {
			return sure;
		}
		return switch (this.subject) {
			case 3 -> Kind.SYSTEM;
			case 4 -> Kind.NETWORK;
			case 6 -> Kind.FORMAT;
			case 7 -> Kind.POLICY;
			default -> Kind.UNDEFINED;
		};
	}

	@Override
	public String toString() {
		return this.level + "." + this.subject + "." + this.detail;
	}

}
