package dev.postrider.mail.relay;

import java.time.Clock;
import java.util.List;
import java.util.Properties;

import dev.postrider.mail.MailProperties;
import dev.postrider.mail.MailProperties.Tls;
import dev.postrider.mail.RelayStatus;

import org.springframework.context.ApplicationEventPublisher;

/**
 * One relay.
 */
final class SmtpRelay {

	private final RelaySettings settings;

	private final MailProperties properties;

	private final Properties session;

	private final Breaker breaker;

	SmtpRelay(RelaySettings settings, MailProperties properties, String heloName, Clock clock,
			ApplicationEventPublisher events) {
		this.settings = settings;
		this.properties = properties;
		this.session = sessionProperties(settings, properties, heloName);
		this.breaker = new Breaker(settings.name(), clock, events);
	}

	String name() {
		return this.settings.name();
	}

	Breaker breaker() {
		return this.breaker;
	}

	/** A connection for one thread. Opening it is left to the first message. */
	SmtpConnection connection() {
		return new SmtpConnection(this.session, this.settings, this.properties);
	}

	RelayStatus status() {
		Breaker.Known known = this.breaker.known();
		return new RelayStatus(name(), this.settings.address(), known.state(), known.reason(), known.since(), 0,
				List.of());
	}

	static Properties sessionProperties(RelaySettings settings, MailProperties properties, String heloName) {
		Properties session = new Properties();
		session.put("mail.smtp.localhost", heloName);
		session.put("mail.smtp.connectiontimeout", String.valueOf(properties.connectTimeout().toMillis()));
		session.put("mail.smtp.timeout", String.valueOf(properties.readTimeout().toMillis()));
		session.put("mail.smtp.auth", String.valueOf(settings.username() != null));
		session.put("mail.smtp.ssl.checkserveridentity", "true");
		// A second line, should the relay vanish: QUIT is not worth waiting for.
		session.put("mail.smtp.quitwait", "false");
		session.put("mail.smtp.starttls.enable", String.valueOf(settings.tls() == Tls.STARTTLS));
		session.put("mail.smtp.starttls.required", String.valueOf(settings.tls() == Tls.STARTTLS));
		session.put("mail.smtp.ssl.enable", String.valueOf(settings.tls() == Tls.IMPLICIT));
		return session;
	}

}
