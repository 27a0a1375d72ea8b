package dev.postrider.mail;

import dev.postrider.mail.SmtpReply.Stage;
import dev.postrider.mail.Verdict.Fault;
import dev.postrider.mail.Verdict.Kind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replies as providers and relays give them.
 */
class ReplyClassifierTests {

	@ParameterizedTest
	@DisplayName("B4 B5 B6 B9: what providers say belongs to whom it belongs")
	@CsvSource(delimiter = '|',
			textBlock = """
					# Gmail
					RCPT    | ADDRESS  | UNKNOWN_USER   | 550-5.1.1 The email account that you tried to reach does not exist. Please try\\n550-5.1.1 double-checking the recipient's email address for typos or unnecessary spaces. 550 5.1.1 https://support.google.com/mail/?p=NoSuchUser - gsmtp
					RCPT    | ADDRESS  | DISABLED       | 550 5.2.1 The email account that you tried to reach is inactive. https://support.google.com/mail/?p=DisabledUser - gsmtp
					RCPT    | ADDRESS  | RATE_LIMITED   | 550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered.
					RCPT    | ADDRESS  | RATE_LIMITED   | 450 4.2.1 The user you are trying to contact is receiving mail too quickly. Please resend your message at a later time.
					RCPT    | ADDRESS  | MAILBOX_FULL   | 452 4.2.2 The recipient's inbox is out of storage space. https://support.google.com/mail/?p=OverQuotaTemp - gsmtp
					RCPT    | ADDRESS  | MAILBOX_FULL   | 552 5.2.2 The recipient's inbox is out of storage space and inactive. https://support.google.com/mail/?p=OverQuotaPerm - gsmtp
					RCPT    | PROVIDER | RATE_LIMITED   | 421 4.7.28 Gmail has detected an unusual rate of mail originating from your IP address. To protect our users from spam, mail sent from your IP address has been temporarily rate limited. - gsmtp
					MESSAGE | PROVIDER | RATE_LIMITED   | 421-4.7.28 Gmail has detected an unusual rate of unsolicited mail originating from your SPF domain. To protect our users from spam it has been temporarily rate limited. - gsmtp
					RCPT    | PROVIDER | RATE_LIMITED   | 421 4.7.0 Try again later, closing connection. - gsmtp
					MESSAGE | EDITION  | AUTHENTICATION | 550-5.7.26 Your email has been blocked because the sender is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM. - gsmtp
					RCPT    | PROVIDER | AUTHENTICATION | 550 5.7.26 This mail has been blocked because the sender is unauthenticated.
					MESSAGE | EDITION  | AUTHENTICATION | 550 5.7.25 The IP address sending this message does not have a PTR record setup. - gsmtp
					RCPT    | RELAY    | SYSTEM         | 421 4.4.5 Server busy, try again later.
					# Outlook, Microsoft 365
					MESSAGE | EDITION  | AUTHENTICATION | 550 5.7.515 Access denied, sending domain news.example does not meet the required authentication level.
					RCPT    | PROVIDER | RATE_LIMITED   | 451 4.7.650 The mail server [192.0.2.1] has been temporarily rate limited due to IP reputation. For e-mail delivery information, see https://aka.ms/postmaster (S775)
					RCPT    | PROVIDER | RATE_LIMITED   | 451 4.7.500 Server busy. Please try again later from [192.0.2.1]. (S77719)
					RCPT    | PROVIDER | BLOCKED        | 550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150).
					RCPT    | PROVIDER | BLOCKED        | 550 5.7.606 Access denied, banned sending IP [192.0.2.1]. To request removal from this list please visit https://sender.office.com/
					RCPT    | ADDRESS  | MAILBOX_FULL   | 554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded; Failed to process message
					RCPT    | ADDRESS  | UNKNOWN_USER   | 550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302).
					RCPT    | ADDRESS  | UNKNOWN_USER   | 550 5.4.1 Recipient address rejected: Access denied. For more information see https://aka.ms/EXOSmtpErrors
					RCPT    | ADDRESS  | UNKNOWN_DOMAIN | 550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient r@hotmail.example not found by SMTP address lookup
					RCPT    | ADDRESS  | POLICY         | 550 5.7.1 RESOLVER.RST.AuthRequired; authentication required
					# Yahoo, AOL
					RCPT    | PROVIDER | RATE_LIMITED   | 421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes
					RCPT    | PROVIDER | BLOCKED        | 553 5.7.1 [BL21] Connections will not be accepted from 192.0.2.1, because the ip is in Spamhaus's list; see https://postmaster.yahooinc.com/error-codes
					MESSAGE | ADDRESS  | UNKNOWN_USER   | 554 delivery error: dd This user doesn't have a yahoo.com account (r@yahoo.example) [0] - mta1061.mail.ne1.yahoo.com
					MESSAGE | ADDRESS  | DISABLED       | 554 30 Sorry, your message to r@yahoo.example cannot be delivered. This mailbox is disabled (554.30).
					MESSAGE | EDITION  | POLICY         | 554 5.7.9 Message not accepted for policy reasons. See https://senders.yahooinc.com/error-codes
					# GMX, web.de, T-Online, iCloud, Orange
					RCPT    | PROVIDER | RATE_LIMITED   | 421 web.de (mxweb113) Nemesis ESMTP Service not available. Reject due to policy restrictions. Too many messages have been received in a short period of time.
					RCPT    | PROVIDER | BLOCKED        | 554 IP=192.0.2.1 - A problem occurred. Access denied. (Ask your postmaster for help or to contact tosa@rx.t-online.de to clarify.) (BL)
					RCPT    | ADDRESS  | MAILBOX_FULL   | 552 5.2.2 <r@icloud.example>: user is over quota
					MESSAGE | EDITION  | AUTHENTICATION | 554 5.7.1 Your message was rejected due to news.example's DMARC policy. See https://support.apple.com/en-us/HT204137 for info
					RCPT    | PROVIDER | BLOCKED        | 421 4.0.0 Service refuse. Veuillez essayer plus tard. Service refused, please try later. OFR_999 [999]
					# Postfix, Exim, Dovecot, Sendmail and what stands before them
					RCPT    | ADDRESS  | GREYLISTED     | 450 4.7.1 <r@readers.example>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/
					RCPT    | ADDRESS  | GREYLISTED     | 450 4.2.0 Greylisted, try again later
					RCPT    | ADDRESS  | UNKNOWN_USER   | 550 5.1.1 <blocked.spam@readers.example>: Recipient address rejected: User unknown in local recipient table
					RCPT    | ADDRESS  | UNKNOWN_USER   | 450 4.1.1 <r@readers.example>: Recipient address rejected: unverified address: User unknown
					RCPT    | ADDRESS  | UNKNOWN_USER   | 550 No such user here
					RCPT    | ADDRESS  | MAILBOX_FULL   | 552 sorry, mailbox r@readers.example is over quota temporarily (#5.1.1)
					RCPT    | ADDRESS  | MAILBOX_FULL   | 552 5.2.2 Mailbox full
					RCPT    | ADDRESS  | UNKNOWN_DOMAIN | 550 Unrouteable address
					RCPT    | ADDRESS  | UNKNOWN_DOMAIN | 556 5.1.10 Recipient address has null MX
					RCPT    | ADDRESS  | MOVED          | 551 5.1.6 User has moved; please try <new@elsewhere.example>
					RCPT    | ADDRESS  | FORMAT         | 553 5.6.7 This address needs SMTPUTF8, which is not used
					RCPT    | PROVIDER | BLOCKED        | 550 5.7.1 Service unavailable; client host blocked
					RCPT    | PROVIDER | BLOCKED        | 554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org
					RCPT    | PROVIDER | POLICY         | 550 5.7.1 Recipient address rejected
					RCPT    | PROVIDER | POLICY         | 450 4.7.1 <r@readers.example>: Recipient address rejected
					RCPT    | ADDRESS  | SYSTEM         | 451 4.3.0 <r@readers.example>: Temporary lookup failure
					RCPT    | EDITION  | SENDER         | 553 5.1.8 <b@news.example>... Domain of sender address b@news.example does not exist
					RCPT    | RELAY    | RATE_LIMITED   | 450 4.7.1 Error: too many recipients from 192.0.2.1
					RCPT    | RELAY    | RATE_LIMITED   | 421 4.7.0 mx.relay.example Error: too many errors
					RCPT    | RELAY    | POLICY         | 554 5.7.1 <r@readers.example>: Relay access denied
					RCPT    | RELAY    | AUTHENTICATION | 530 5.7.0 Authentication required
					MAIL    | RELAY    | AUTHENTICATION | 530 5.7.0 Must issue a STARTTLS command first
					MAIL    | RELAY    | AUTHENTICATION | 550 5.7.57 Client not authenticated to send mail.
					AUTH    | RELAY    | AUTHENTICATION | 535 5.7.8 Error: authentication failed
					AUTH    | RELAY    | AUTHENTICATION | 454 4.7.0 Temporary authentication failure
					MAIL    | RELAY    | RATE_LIMITED   | 450 4.7.1 Error: too much mail from 192.0.2.1
					MAIL    | RELAY    | SYSTEM         | 452 4.3.1 Insufficient system storage
					MESSAGE | RELAY    | SYSTEM         | 452 4.3.1 Insufficient system storage
					MESSAGE | RELAY    | RATE_LIMITED   | 454 Throttling failure: Maximum sending rate exceeded.
					MESSAGE | RELAY    | RATE_LIMITED   | 550 5.4.5 Daily user sending limit exceeded. For more information on Gmail sending limits go to https://support.google.com/a/answer/166852 - gsmtp
					RCPT    | RELAY    | SYSTEM         | 421 4.3.2 Service shutting down
					MESSAGE | RELAY    | SYSTEM         | 421 4.3.0 Temporary system problem. Try again later
					CONNECT | RELAY    | BLOCKED        | 554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org
					MESSAGE | EDITION  | CONTENT        | 554 5.7.1 This looks like spam
					MESSAGE | EDITION  | CONTENT        | 550 Virus Detected; Content Rejected
					MESSAGE | EDITION  | SIZE           | 552 5.3.4 Error: message file too big
					MAIL    | EDITION  | SENDER         | 550 5.1.8 Sender address rejected: Domain not found
					MESSAGE | EDITION  | FORMAT         | 550 5.7.1 Messages missing a valid Message-ID header are not accepted
					""")
	void replies(Stage stage, Fault fault, Kind kind, String lines) {
		SmtpReply reply = SmtpReply.of(stage, lines.replace("\\n", "\r\n"));
		assertThat(ReplyClassifier.classify(reply)).isEqualTo(new Verdict(fault, kind, reply.code() >= 500));
	}

	@ParameterizedTest
	@DisplayName("B5: an address is bad for good only where nothing speaks against it")
	@CsvSource(delimiter = '|', textBlock = """
			true  | 550 5.1.1 User unknown
			true  | 550 5.1.2 Host unknown
			true  | 501 5.1.3 Bad recipient address syntax
			true  | 551 5.1.6 Mailbox has moved
			true  | 550 5.1.10 Recipient address has a null MX
			true  | 550 5.2.1 Mailbox disabled
			true  | 550 5.4.4 Host not found
			true  | 550 No such user here
			false | 450 4.1.1 User unknown
			false | 450 5.1.1 User unknown
			false | 552 5.2.2 Mailbox full
			false | 552 5.2.3 Message too long for this mailbox
			false | 552 5.3.4 Message too big for system
			false | 550 5.7.1 Rejected
			false | 550 5.0.0 Rejected
			false | 550 5.1.1 Mail from your IP [192.0.2.1] is blocked using zen.spamhaus.org
			false | 550 5.1.1 Mailbox r@readers.example is over quota
			false | 553 5.1.3 http://www.spamhaus.org/query/bl?ip=192.0.2.222
			false | 421 4.7.0 Try later
			false | 550 5.7.26 unauthenticated
			""")
	void suppression(boolean hard, String lines) {
		assertThat(ReplyClassifier.classify(SmtpReply.of(Stage.RCPT, lines)).hard()).isEqualTo(hard);
	}

	@ParameterizedTest
	@DisplayName("B4, trap 4: a bounce's text outweighs its Status field, which is often wrong")
	@CsvSource(delimiter = '|', textBlock = """
			5.0.0 | false | MAILBOX_FULL   | 452 4.2.2 <r@soft.example> Mailbox full
			4.2.2 | false | MAILBOX_FULL   | 452 4.2.2 Mailbox full
			5.0.0 | true  | UNKNOWN_USER   | 550 5.1.1 <r@hard.example> User unknown
			5.0.0 | true  | UNKNOWN_DOMAIN | Unrouteable address
			4.4.1 | false | NETWORK        | connect to dead.example[192.0.2.1]:25: Connection refused
			5.0.0 | true  | UNDEFINED      | It did not work
			5.7.1 | true  | AUTHENTICATION | This message does not pass authentication checks
			4.4.7 | false | EXPIRED        | delivery temporarily suspended
			""")
	void bounces(String status, boolean permanent, Kind kind, String text) {
		Verdict verdict = ReplyClassifier.classify(status, text);
		assertThat(verdict.kind()).isEqualTo(kind);
		assertThat(verdict.permanent()).isEqualTo(permanent);
		assertThat(verdict.fault()).isNotEqualTo(Fault.RELAY);
	}

	@Test
	void aReplyOfManyLinesIsOneSentence() {
		SmtpReply reply = SmtpReply.of(Stage.RCPT,
				"550-5.1.1 The email account that you tried to reach\r\n550-5.1.1 does not exist.\r\n550 5.1.1 See there\r\n");
		assertThat(reply).isEqualTo(new SmtpReply(Stage.RCPT, 550, "5.1.1",
				"550-5.1.1 The email account that you tried to reach does not exist. See there"));
		assertThat(SmtpReply.of(Stage.CONNECT, "Connection refused"))
			.isEqualTo(new SmtpReply(Stage.CONNECT, 0, null, "Connection refused"));
		assertThat(SmtpReply.of(Stage.RCPT, null).code()).isZero();
	}

	@Test
	void whatIsTheRelaysFaultIsItsFailureAndTheRestIsARefusal() {
		assertThat(SendResult.refused(SmtpReply.of(Stage.RCPT, "421 4.3.2 Shutting down")))
			.isInstanceOf(SendResult.RelayFailed.class);
		assertThat(SendResult.refused(SmtpReply.of(Stage.RCPT, "421 4.7.28 Unusual rate")))
			.isInstanceOf(SendResult.AddressRefused.class);
		assertThat(SendResult.refused(SmtpReply.of(Stage.MAIL, "530 5.7.0 Authentication required")))
			.isInstanceOf(SendResult.RelayFailed.class);
		assertThat(SendResult.refused(SmtpReply.of(Stage.MESSAGE, "554 5.7.1 Spam")))
			.isInstanceOf(SendResult.MessageRefused.class);
		assertThat(SendResult.refused(SmtpReply.of(Stage.CONNECT, "No route to host")))
			.isInstanceOf(SendResult.RelayFailed.class);
	}

}
