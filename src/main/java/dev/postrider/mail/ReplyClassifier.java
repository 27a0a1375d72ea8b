package dev.postrider.mail;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.postrider.mail.Verdict.Fault;
import dev.postrider.mail.Verdict.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a server says of a message it does not take. The enhanced code (RFC 3463)
 * decides; where there is none, the words do.
 */
public final class ReplyClassifier {

	private static final Pattern ENHANCED = Pattern.compile("\\b([245])\\.(\\d{1,3})\\.(\\d{1,3})\\b");

	/** Bad mailbox, bad system, bad syntax, moved, null MX, disabled (STANDARDS B5). */
	private static final Set<String> NO_SUCH_ADDRESS = Set.of("1.1", "1.2", "1.3", "1.6", "1.10", "2.1");

	private static final Pattern NO_SUCH_USER = Pattern.compile(
			"(?i)(user|mailbox|recipient|address|account)\\b.{0,40}\\b(unknown|not found|does not exist|doesn't exist"
					+ "|no longer|invalid)|(unknown|no such|invalid) (user|mailbox|recipient|address|account)");

	private static final Set<String> OUR_ADDRESS = Set.of("1.7", "1.8");

	private ReplyClassifier() {
	}

	/**
	 * What a relay's refusal means.
	 * @param reply its answer, from 400 on; or no answer
	 * @return whose fault, what, and whether for good
	 */
	public static Verdict classify(SmtpReply reply) {
		return switch (reply.stage()) {
			case CONNECT, EHLO -> new Verdict(Fault.RELAY, Kind.SYSTEM, reply.permanent());
			case AUTH -> new Verdict(Fault.RELAY, Kind.AUTHENTICATION, reply.permanent());
			case MAIL, DATA, MESSAGE -> new Verdict(Fault.EDITION, Kind.UNDEFINED, reply.permanent());
			case RCPT -> ofRecipient(reply);
		};
	}

	private static Verdict ofRecipient(SmtpReply reply) {
		Matcher enhanced = ENHANCED.matcher(reply.text());
		String code = enhanced.find() ? enhanced.group(2) + "." + enhanced.group(3) : null;
		if (reply.permanent() && isAboutUs(reply.code(), code)) {
			return new Verdict(Fault.EDITION, Kind.POLICY, true);
		}
		boolean unknown = (code != null) ? NO_SUCH_ADDRESS.contains(code) : NO_SUCH_USER.matcher(reply.text()).find();
		return new Verdict(Fault.ADDRESS, unknown ? Kind.UNKNOWN_USER : Kind.UNDEFINED, reply.permanent());
	}

	/** Many relays put off refusals of the sender or the client until RCPT. */
	private static boolean isAboutUs(int reply, @Nullable String code) {
		return reply == 530 || (code != null && (code.startsWith("7.") || OUR_ADDRESS.contains(code)));
	}

}
