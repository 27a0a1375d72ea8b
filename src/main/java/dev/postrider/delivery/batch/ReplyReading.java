package dev.postrider.delivery.batch;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.postrider.mail.SendResult.AddressRefused;

/**
 * Reads what a relay says of an address. The enhanced code (RFC 3463) decides; where a
 * relay gives none, its words do.
 */
final class ReplyReading {

	private static final Pattern ENHANCED = Pattern.compile("\\b([245])\\.(\\d{1,3})\\.(\\d{1,3})\\b");

	/** Bad mailbox, bad system, bad syntax, moved, null MX, disabled (STANDARDS B5). */
	private static final Set<String> NO_SUCH_ADDRESS = Set.of("1.1", "1.2", "1.3", "1.6", "1.10", "2.1");

	private static final Pattern NO_SUCH_USER = Pattern.compile(
			"(?i)(user|mailbox|recipient|address|account)\\b.{0,40}\\b(unknown|not found|does not exist|doesn't exist"
					+ "|no longer|invalid)|(unknown|no such|invalid) (user|mailbox|recipient|address|account)");

	private static final Set<String> OUR_ADDRESS = Set.of("1.7", "1.8");

	private ReplyReading() {
	}

	/**
	 * Whether an answer at RCPT is about the sender or the client, not the reader: many
	 * relays put off such refusals until then. Policy, bad sender address (RFC 3463 3.2,
	 * 3.8), or no login.
	 */
	static boolean isAboutUs(AddressRefused refused) {
		Matcher enhanced = ENHANCED.matcher(refused.reply());
		return refused.permanent() && (refused.code() == 530
				|| (enhanced.find() && (enhanced.group(2).equals("7") || OUR_ADDRESS.contains(code(enhanced)))));
	}

	/** Whether the address will never work, so that it must not be mailed again. */
	static boolean isUnknownAddress(AddressRefused refused) {
		if (!refused.permanent()) {
			return false;
		}
		Matcher enhanced = ENHANCED.matcher(refused.reply());
		if (enhanced.find()) {
			return NO_SUCH_ADDRESS.contains(code(enhanced));
		}
		return NO_SUCH_USER.matcher(refused.reply()).find();
	}

	/** Subject and detail: what is wrong, apart from for how long. */
	private static String code(Matcher enhanced) {
		return enhanced.group(2) + "." + enhanced.group(3);
	}

}
