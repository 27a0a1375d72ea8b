package dev.postrider.mail.relay;

import java.util.Properties;

import javax.net.ssl.SSLSocketFactory;

import dev.postrider.mail.MailProperties;
import dev.postrider.mail.MailProperties.Tls;

/**
 * What Angus Mail is told of a relay.
 */
final class SmtpSession {

	private SmtpSession() {
	}

	/**
	 * Its properties.
	 * @param heloName how the relay is greeted
	 * @param tls makes encrypted connections, and knows whom to trust
	 */
	static Properties properties(RelaySettings relay, MailProperties mail, String heloName, SSLSocketFactory tls) {
		Properties session = new Properties();
		session.put("mail.smtp.localhost", heloName);
		session.put("mail.smtp.connectiontimeout", String.valueOf(mail.connectTimeout().toMillis()));
		session.put("mail.smtp.timeout", String.valueOf(Patience.of(mail).greeting().toMillis()));
		session.put("mail.smtp.auth", String.valueOf(relay.username() != null));
		if (relay.oauth2() != null) {
			session.put("mail.smtp.auth.mechanisms", "XOAUTH2");
		}
		// Or a relay that refuses a connection is asked a second time, without no-delay.
		session.put("mail.smtp.socketFactory.fallback", "false");
		session.put("mail.smtp.ssl.socketFactory", tls);
		session.put("mail.smtp.ssl.checkserveridentity", "true");
		// A second line, should the relay vanish: QUIT is not worth waiting for.
		session.put("mail.smtp.quitwait", "false");
		session.put("mail.smtp.starttls.enable", String.valueOf(relay.tls() == Tls.STARTTLS));
		session.put("mail.smtp.starttls.required", String.valueOf(relay.tls() == Tls.STARTTLS));
		session.put("mail.smtp.ssl.enable", String.valueOf(relay.tls() == Tls.IMPLICIT));
		return session;
	}

}
