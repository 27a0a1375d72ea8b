package dev.postrider.mail;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Properties;

import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

import dev.postrider.mail.MailProperties.Tls;
import jakarta.mail.Session;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * The relay of {@code spring.mail.host}.
 */
@Component
class SmtpRelay implements Relay {

	private final RelayProperties server;

	private final MailProperties properties;

	private final MessageSigner signer;

	private final Session session;

	private final RelayState state;

	SmtpRelay(RelayProperties server, MailProperties properties, PublicUrl publicUrl, MessageSigner signer,
			ApplicationEventPublisher events) {
		this.server = server;
		this.properties = properties;
		this.signer = signer;
		this.state = new RelayState(name(), events);
		this.session = Session.getInstance(sessionProperties(server, properties, publicUrl));
	}

	@Override
	public String name() {
		return this.server.host() + ":" + this.server.port();
	}

	@Override
	public RelayConnection connection() {
		return new SmtpConnection(this.session, this.server, this.properties.messagesPerConnection(), this.signer,
				this.state);
	}

	static Properties sessionProperties(RelayProperties server, MailProperties properties, PublicUrl publicUrl) {
		Properties session = new Properties();
		session.put("mail.smtp.localhost", HeloName.of(properties, publicUrl));
		session.put("mail.smtp.connectiontimeout", String.valueOf(properties.connectTimeout().toMillis()));
		session.put("mail.smtp.timeout", String.valueOf(properties.readTimeout().toMillis()));
		session.put("mail.smtp.writetimeout", String.valueOf(properties.writeTimeout().toMillis()));
		session.put("mail.smtp.auth", String.valueOf(server.username() != null));
		session.put("mail.smtp.socketFactory", new NoDelaySocketFactory(SocketFactory.getDefault()));
		session.put("mail.smtp.ssl.socketFactory", new NoDelaySocketFactory(SSLSocketFactory.getDefault()));
		session.put("mail.smtp.ssl.checkserveridentity", "true");
		// A second line, should the relay vanish: QUIT is not worth waiting for.
		session.put("mail.smtp.quitwait", "false");
		Tls tls = tls(server, properties);
		session.put("mail.smtp.starttls.enable", String.valueOf(tls == Tls.STARTTLS));
		session.put("mail.smtp.starttls.required", String.valueOf(tls == Tls.STARTTLS));
		session.put("mail.smtp.ssl.enable", String.valueOf(tls == Tls.IMPLICIT));
		return session;
	}

	private static Tls tls(RelayProperties server, MailProperties properties) {
		if (properties.tls() != Tls.AUTO) {
			return properties.tls();
		}
		try {
			return InetAddress.getByName(server.host()).isLoopbackAddress() ? Tls.NONE : Tls.STARTTLS;
		}
		catch (UnknownHostException ex) {
			return Tls.STARTTLS;
		}
	}

}
