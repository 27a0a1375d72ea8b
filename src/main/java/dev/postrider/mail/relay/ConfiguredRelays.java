package dev.postrider.mail.relay;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.List;

import dev.postrider.mail.MailProperties;
import dev.postrider.mail.MailProperties.Tls;
import dev.postrider.mail.MessageSigner;
import dev.postrider.mail.PublicUrl;
import dev.postrider.mail.RelayConnection;
import dev.postrider.mail.RelayStatus;
import dev.postrider.mail.Relays;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * The relays of the settings.
 */
@Component
class ConfiguredRelays implements Relays {

	private final List<SmtpRelay> relays;

	private final MessageSigner signer;

	ConfiguredRelays(SpringMailProperties spring, MailProperties properties, PublicUrl publicUrl, MessageSigner signer,
			Clock clock, ApplicationEventPublisher events) {
		RelaySettings one = new RelaySettings(spring.host() + ":" + spring.port(), spring.host(), spring.port(),
				spring.username(), spring.password(), tls(properties.tls(), spring.host()));
		this.relays = List.of(new SmtpRelay(one, properties, HeloName.of(properties, publicUrl), clock, events));
		this.signer = signer;
	}

	@Override
	public RelayConnection connection() {
		return new WayOut(this.relays, this.signer);
	}

	@Override
	public RelayConnection connectionForSingleMails() {
		return connection();
	}

	@Override
	public List<RelayStatus> all() {
		return this.relays.stream().map(SmtpRelay::status).toList();
	}

	static Tls tls(Tls wanted, String host) {
		if (wanted != Tls.AUTO) {
			return wanted;
		}
		try {
			return InetAddress.getByName(host).isLoopbackAddress() ? Tls.NONE : Tls.STARTTLS;
		}
		catch (UnknownHostException ex) {
			return Tls.STARTTLS;
		}
	}

}
