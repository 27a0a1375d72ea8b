package dev.postrider.mail.relay;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;

import dev.postrider.mail.MailProperties;
import dev.postrider.mail.MessageSigner;
import dev.postrider.mail.PublicUrl;
import dev.postrider.mail.Relays;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Relays without an application around them, for tests.
 */
public final class RelayStage {

	private RelayStage() {
	}

	/** The relay at a port of this machine, greeted by the host of a base URL. */
	public static Relays one(int port, String baseUrl) {
		return one(port, new MailProperties(null, null, null, MailProperties.Tls.AUTO, Duration.ofSeconds(15),
				Duration.ofMinutes(1), Duration.ofSeconds(15), 100, MailProperties.Use.AUTO, MailProperties.Use.AUTO),
				new PublicUrl(URI.create(baseUrl)), (event) -> {
				});
	}

	static Relays one(int port, MailProperties properties, ApplicationEventPublisher events) {
		return one(port, properties, new PublicUrl(URI.create("https://news.example")), events);
	}

	private static Relays one(int port, MailProperties properties, PublicUrl url, ApplicationEventPublisher events) {
		return new ConfiguredRelays(new SpringMailProperties("127.0.0.1", port, null, null), properties, url,
				MessageSigner.NONE, Clock.systemUTC(), events);
	}

	static RelaySettings settings(String host, int port, MailProperties properties) {
		return new RelaySettings(host + ":" + port, host, port, null, null,
				ConfiguredRelays.tls(properties.tls(), host));
	}

}
