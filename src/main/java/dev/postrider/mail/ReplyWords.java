package dev.postrider.mail;

import java.util.List;
import java.util.regex.Pattern;

import dev.postrider.mail.Verdict.Fault;
import dev.postrider.mail.Verdict.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The words by which servers say what is wrong, those that leave least doubt first.
 *
 * @param kind what they mean
 * @param fault whose fault that is in any case; {@code null} where the conversation tells
 * @param sure whether they outweigh a code that says the address is bad
 * @param words as they stand in replies
 */
record ReplyWords(Kind kind, @Nullable Fault fault, boolean sure, Pattern words) {

	private static final int LONGEST = 1500;

	/** A reader's address may look like any of the words. */
	private static final Pattern ADDRESS = Pattern.compile("[^\\s<>\\[(:;,'\"]+@[^\\s<>\\])(:;,'\"]+");

	private static final Pattern UNKNOWN_USER = pattern(
			"""
					unknown (user|recipient|local|mailbox|account|or illegal|address)
					|(user|recipient|mailbox|account|address|e-?mail|local.?part)\\b.{0,50}\\b(unknown|not found|not exist|doesn'?t exist\
					|does not exist|no longer (exists?|valid|available)|invalid|not known|not recogni[sz]ed|couldn'?t be found\
					|could not be found|not listed|not registered|not valid|unavailable)
					|no such (user|mailbox|recipient|person|address|account|local|e-?mail)
					|no (mailbox|account|user) (here|by that name|with)
					|(not|isn'?t) an? (registered|valid|known)
					|does(n'?t| not) have an? .{0,60}account
					|invalid (recipient|mailbox|address|user|local)
					|recip\\w*notfound|nosuchuser|rcp-p1|check if address is correct
					|(?<!recipient )address (was )?rejected\\.?\\s*($|[(<])
					|destinataire (inconnu|invalide)|utilisateur inconnu
					|unbekannte[rs]? (empf|adress|benutzer|nutzer)|(empfänger|adressat|benutzer|adresse).{0,30}(unbekannt|existiert nicht)
					|(usuario|destinatario|utente|buz[oó]n).{0,30}(desconocido|sconosciut|no existe|inesistente)
					""");

	private static final List<ReplyWords> TABLE = List.of(
			// A mailbox that takes mail from those only who have logged in at its server.
			of(Kind.POLICY, Fault.ADDRESS, "resolver\\.rst|refused due to recipient preferences|rcp-p2"),
			of(Kind.RATE_LIMITED, Fault.ADDRESS,
					"(user|mailbox|recipient|account)\\b.{0,40}\\breceiving (mail|messages|e-?mail)"),
			// What Microsoft says of mailboxes it does not know.
			sure(Kind.UNKNOWN_USER, "5\\.4\\.1\\b.{0,80}recipient address rejected: access denied"),
			of(Kind.RATE_LIMITED, Fault.RELAY, """
					maximum sending rate|throttling failure|smtp relay limit|too much mail from
					|too many (errors|recipients from|connections from)
					|daily (message |sending |user sending )?(quota|limit)|hourly (quota|limit)
					|sending (limit|quota|rate) (is |was |has been )?(exceeded|reached)|exceeded your \\w+ quota
					|exceeded.{0,30}(messages?|e-?mails?|recipients?) per (hour|day|month)
					"""),
			of(Kind.POLICY, Fault.RELAY,
					"""
							relay(ing)? (access )?(is )?(denied|not (permitted|allowed))|(unable|not permitted|not allowed) to relay
							|no relaying|insecure mail relay|do(es)? not relay
							"""),
			of(Kind.AUTHENTICATION, Fault.RELAY,
					"""
							authentication (is )?required|authentication credentials|must (first )?(log ?in|authenticate|issue a starttls)
							|client (was |is )?not authenticated|authentication failed|authenticate first|starttls (is )?required
							|login (is )?required|smtp auth|unauthenticated senders? not allowed
							"""),
			sure(Kind.AUTHENTICATION, """
					\\b(spf|dkim|dmarc)\\b|sender policy framework|authentication (information|checks|level)
					|unauthenticated (e-?mail|message|sender)|purported responsible
					|reverse dns|\\brdns\\b|\\bptr\\b|reverse hostname|mismatch.{0,20}\\bip\\b|valid sender domain
					"""), sure(Kind.GREYLISTED, "gr[ea]y-?list|postgrey"),
			sure(Kind.SENDER,
					"""
							sender (address|domain|verif)|(address|domain) of (the )?sender|sender.{0,20}(rejected|denied|unknown)
							|unrout\\w+ sender|mailfrom domain|return-path domain
							"""),
			sure(Kind.RATE_LIMITED,
					"""
							rate.?limit|connection rate|too (many(?! hops)|much|quickly|fast)|unusual (rate|volume|traffic)
							|unexpected volume|throttl|frequency limited|\\[tss?\\d\\d\\]|\\brp-00\\d\\b|temporarily (deferred|limited)
							|slow(ing)? down|reduce.{0,20}\\brate|try again later, closing|exceeded the (maximum )?(number|limit)
							|concurren(t|cy)|server (is )?(too )?busy|user complaints
							"""),
			sure(Kind.CONTENT, "blacklisted (url|link)|scored as|\\bvirus\\b|malware|phishing"),
			sure(Kind.BLOCKED,
					"""
							block ?list|black ?list|\\brbl\\b|dnsbl|spamhaus|spamcop|\\bsorbs\\b|blocked (using|by|due|-)|\\bbanned\\b
							|client (host|\\[)|(low|poor|bad) reputation|reputation of
							|\\bip\\b.{0,40}(blocked|listed|banned|denied|refused|reject|not allowed)
							|access denied|traffic not accepted|connections? (are |will )?not (be )?accepted|not accepted from
							|server of your isp|service refused?|service est refus|\\[bl\\d\\d\\]
							"""),
			sure(Kind.MAILBOX_FULL, """
					(over|exceed\\w*|disk|mailbox|storage)\\b.{0,25}\\bquota|quota.{0,20}(exceed|full|reached)|overquota
					|(mailbox|inbox|account|user|folder)\\b.{0,30}\\bfull\\b|full mailbox|disk full
					|out of storage|exceeded storage|exceeds allowed size|no space left
					|insufficient (disk|mailbox|storage)|not enough (disk |storage )?space
					|(mailbox|user|account)\\b.{0,20}\\b(exceeded|over)\\b.{0,20}(limit|size)
					|postfach.{0,20}voll|bo[iî]te.{0,25}pleine
					"""), sure(Kind.SIZE, """
					message.{0,30}(too (big|large|long)|length exceeds)|message size|mail size|size limit
					|exceeds.{0,25}(message size|size limit)
					"""),
			of(Kind.NETWORK, "host not found, try again|host name lookup failure|name server.{0,40}failure"),
			of(Kind.MOVED,
					"""
							(user|mailbox|recipient|account|address)\\b.{0,25}\\b(moved|changed)\\b|no longer on server|not our customer
							"""),
			of(Kind.UNKNOWN_DOMAIN,
					"""
							null mx|\\b(host|domain)( name)?.{0,15}\\b(unknown|not found|not exist|not reachable)|\\bhost \\S+ not found
							|(unknown|no such|bad destination) (host|domain)|nxdomain|unrout(e)?able (address|mail domain)
							|(does not|doesn'?t) (receive|accept) (any )?e?-?mail|no smtp service|couldn'?t find a mail exchanger
							|[\\w-]+(\\.[\\w-]+)+ does not exist|unexpected name server reply
							"""),
			of(Kind.DISABLED,
					"""
							(account|mailbox|address|user|recipient|email)\\b.{0,40}\\b(disabled|inactive|deactivated|suspended|discontinued\
							|locked|closed|terminated|not active)|(inactive|disabled|suspended) (e-?mail|account|user|mailbox|address|recipient)
							"""),
			new ReplyWords(Kind.UNKNOWN_USER, null, false, UNKNOWN_USER),
			sure(Kind.CONTENT, "\\bspam\\b|content|suspicious|unsolicited|unwanted|mail rejet|uribl|surbl"),
			of(Kind.FORMAT,
					"""
							duplicated? (header|message)|multiple addresses in from|\\brfc ?(2|5|28|53)?22\\b|missing.{0,20}header
							|bare (lf|cr)|headers too large|line too long|not compliant|malformed
							"""),
			of(Kind.EXPIRED,
					"""
							expired|timeout exceeded|(could not be|undeliver\\w*).{0,20}(for|after)|queue too long|giving up|for too long
							|unable to deliver this message after
							"""),
			of(Kind.NETWORK, """
					timed out|connection (refused|reset)|lost connection|\\bloop|hop count|too many hops|network error
					|(unable|failed|did not accept our requests) to connect|socket error
					"""),
			of(Kind.SYSTEM,
					"""
							insufficient system|system (storage|error|resources)|internal|temporar\\w+ |service (\\w+ )?(unavailable|not available)
							|local error|mailer error|try (again )?later|upstream|could ?n[o']t create|\\bldap\\b|pipe to|write error|\\bbusy\\b
							"""),
			of(Kind.POLICY, "polic(y|ies)|preferences|not (permitted|authori[sz]ed|allowed)|refused|denied|rejected"));

	/** The most telling words of a reply. */
	static @Nullable ReplyWords in(String text) {
		String read = readable(text);
		for (ReplyWords words : TABLE) {
			if (words.words.matcher(read).find()) {
				return words;
			}
		}
		return null;
	}

	/** Whether a reply says, among other things perhaps, that nobody has the address. */
	static boolean nameUnknownUser(String text) {
		return UNKNOWN_USER.matcher(readable(text)).find();
	}

	private static String readable(String text) {
		return ADDRESS.matcher(text.substring(0, Math.min(text.length(), LONGEST))).replaceAll("<>");
	}

	private static ReplyWords of(Kind kind, String words) {
		return new ReplyWords(kind, null, false, pattern(words));
	}

	private static ReplyWords of(Kind kind, Fault fault, String words) {
		return new ReplyWords(kind, fault, true, pattern(words));
	}

	private static ReplyWords sure(Kind kind, String words) {
		return new ReplyWords(kind, null, true, pattern(words));
	}

	private static Pattern pattern(String words) {
		return Pattern.compile(words.replace("\n", ""),
				Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
	}

}
