package dev.postrider.mail;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.postrider.mail.SmtpReply.Stage;
import dev.postrider.mail.Verdict.Fault;
import dev.postrider.mail.Verdict.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a server says of a message it does not take: in the conversation itself, or
 * later in a bounce. A code that says something by itself (RFC 3463) decides, then the
 * words, then what is left of the code. Where they contradict each other, nobody's
 * address is called bad.
 */
public final class ReplyClassifier {

	private static final int SERVICE_NOT_AVAILABLE = 421;

	/** Login wanted or failed (RFC 4954), STARTTLS wanted (RFC 3207). */
	private static final Set<Integer> NOT_LET_IN = Set.of(530, 534, 535, 538);

	/** The user is elsewhere; the domain takes no mail (RFC 5321 4.2.3, RFC 7504). */
	private static final int NOT_LOCAL = 551;

	private static final int NO_MAIL_AT_DOMAIN = 556;

	private static final Pattern REPLY_CODE = Pattern
		.compile("(?<![\\d.:])([45]\\d\\d)(?=[ \\-#](?:[#<]|[245]\\.[0-7]\\.\\d|[^\\d]))");

	private ReplyClassifier() {
	}

	/**
	 * What a relay's refusal means.
	 * @param reply its answer, from 400 on; or that there was none
	 * @return whose fault, what, and whether for good
	 */
	public static Verdict classify(SmtpReply reply) {
		EnhancedCode code = EnhancedCode.in((reply.enhanced() != null) ? reply.enhanced() : reply.text());
		ReplyWords words = ReplyWords.in(reply.text());
		Kind kind = kind(reply.code(), code, words, reply.text());
		if (NOT_LET_IN.contains(reply.code()) || reply.stage() == Stage.AUTH) {
			return new Verdict(Fault.RELAY, Kind.AUTHENTICATION, reply.permanent());
		}
		return new Verdict(fault(reply, code, words, kind), kind, reply.permanent());
	}

	/**
	 * What a bounce means: the address was given up by a server that had the message.
	 * @param status the bounce's Status field (RFC 3464 2.3.4), often wrong; or
	 * {@code null}
	 * @param text its Diagnostic-Code, or the text about the address
	 * @return whose fault, what, and whether for good; never the relay's
	 */
	public static Verdict classify(@Nullable String status, String text) {
		EnhancedCode said = EnhancedCode.in(text);
		EnhancedCode field = EnhancedCode.in(status);
		EnhancedCode code = (said == null || said.isEmpty() || said.level() == 2) ? field : said;
		Matcher found = REPLY_CODE.matcher(text);
		int reply = found.find() ? Integer.parseInt(found.group(1)) : 0;
		ReplyWords words = ReplyWords.in(text);
		Kind kind = kind(reply, code, words, text);
		boolean permanent = permanent(said, reply, field);
		if (code != null && kind == Kind.UNKNOWN_USER && code.subject() == 1 && code.detail() == 1) {
			// Nobody puts off for days what is not there but a server that is told to.
			permanent = true;
		}
		Fault fault = faultOfReceiver(kind, code);
		if (words != null && words.fault() == Fault.ADDRESS && kind == words.kind()) {
			fault = Fault.ADDRESS;
		}
		return new Verdict(fault, kind, permanent);
	}

	/**
	 * Whether a refusal may be about the one message at hand: it speaks neither of the
	 * connection nor of the login.
	 * @param reply a relay's answer, or that there was none
	 */
	public static boolean mayBeOfOneMessage(SmtpReply reply) {
		return reply.stage().compareTo(Stage.MAIL) >= 0 && !NOT_LET_IN.contains(reply.code());
	}

	private static boolean permanent(@Nullable EnhancedCode said, int reply, @Nullable EnhancedCode field) {
		if (said != null && said.level() != 2) {
			return said.level() == 5;
		}
		return (reply != 0) ? reply >= 500 : field == null || field.level() == 5;
	}

	private static Kind kind(int reply, @Nullable EnhancedCode code, @Nullable ReplyWords words, String text) {
		if (words != null && words.fault() != null && !ReplyWords.nameUnknownUser(text)) {
			return words.kind();
		}
		Kind sure = (code != null) ? code.kind() : null;
		if (sure != null) {
			if (sure.hard() && words != null && words.sure() && !words.kind().hard()
					&& !ReplyWords.nameUnknownUser(text)) {
				return words.kind();
			}
			return sure;
		}
		if (words != null && words.kind().hard() && code != null && code.speaksOfKnownMailbox()) {
			// Some providers say so of readers who do not want our mail.
			return Kind.POLICY;
		}
		if (words != null && (words.sure() || words.kind() != Kind.POLICY)) {
			return words.kind();
		}
		if (reply == NOT_LOCAL) {
			return Kind.MOVED;
		}
		if (reply == NO_MAIL_AT_DOMAIN) {
			return Kind.UNKNOWN_DOMAIN;
		}
		Kind guess = (code != null) ? code.guess() : Kind.UNDEFINED;
		return (guess == Kind.UNDEFINED && words != null) ? words.kind() : guess;
	}

	private static Fault fault(SmtpReply reply, @Nullable EnhancedCode code, @Nullable ReplyWords words, Kind kind) {
		if (words != null && words.fault() != null && words.kind() == kind) {
			return words.fault();
		}
		return switch (reply.stage()) {
			case CONNECT, EHLO, AUTH -> Fault.RELAY;
			case MAIL, DATA -> ofSender(reply, code, kind);
			case RCPT -> ofRecipient(reply, code, kind);
			case MESSAGE -> ofMessage(reply, code, kind);
		};
	}

	/** Before the recipient is named, nothing can be the recipient's. */
	private static Fault ofSender(SmtpReply reply, @Nullable EnhancedCode code, Kind kind) {
		boolean tooMuch = !reply.permanent() && kind == Kind.RATE_LIMITED;
		return (tooMuch || reply.code() == SERVICE_NOT_AVAILABLE || isRelays(reply, code, kind)) ? Fault.RELAY
				: Fault.EDITION;
	}

	private static Fault ofRecipient(SmtpReply reply, @Nullable EnhancedCode code, Kind kind) {
		if (isRelays(reply, code, kind)) {
			return Fault.RELAY;
		}
		// The message is not known yet: its form cannot be meant, only the address' form.
		return (kind == Kind.FORMAT) ? Fault.ADDRESS : faultOfReceiver(kind, code);
	}

	private static Fault ofMessage(SmtpReply reply, @Nullable EnhancedCode code, Kind kind) {
		if (isRelays(reply, code, kind)) {
			return Fault.RELAY;
		}
		if (kind.hard() || kind == Kind.MAILBOX_FULL) {
			return Fault.ADDRESS;
		}
		boolean slower = !reply.permanent() && (kind == Kind.RATE_LIMITED || (code != null && code.isPolicy()));
		return slower ? Fault.PROVIDER : Fault.EDITION;
	}

	/**
	 * 421 closes the connection, and is the relay's unless it speaks of rules or rates:
	 * those are the provider's, handed through. So is a relay without room.
	 */
	private static boolean isRelays(SmtpReply reply, @Nullable EnhancedCode code, Kind kind) {
		if (reply.code() == 0) {
			return true;
		}
		if (reply.code() == SERVICE_NOT_AVAILABLE) {
			boolean rules = code != null && code.isPolicy();
			return !rules && faultOfReceiver(kind, code) != Fault.PROVIDER;
		}
		return !reply.permanent() && code != null && code.subject() == 3 && code.detail() == 1;
	}

	private static Fault faultOfReceiver(Kind kind, @Nullable EnhancedCode code) {
		return switch (kind) {
			case RATE_LIMITED, BLOCKED, AUTHENTICATION -> Fault.PROVIDER;
			case POLICY, CONTENT, SYSTEM -> (code != null && code.isPolicy()) ? Fault.PROVIDER
					: (kind == Kind.CONTENT) ? Fault.EDITION : Fault.ADDRESS;
			case SENDER, FORMAT -> Fault.EDITION;
			default -> Fault.ADDRESS;
		};
	}

}
