package dev.postrider.mail.relay;

import java.util.List;

import dev.postrider.mail.Attempt;
import dev.postrider.mail.MessageSigner;
import dev.postrider.mail.RelayConnection;
import dev.postrider.mail.SendResult;

/**
 * One thread's connections to the relays.
 */
final class WayOut implements RelayConnection {

	private final SmtpRelay relay;

	private final SmtpConnection connection;

	private final MessageSigner signer;

	WayOut(List<SmtpRelay> relays, MessageSigner signer) {
		this.relay = relays.get(0);
		this.connection = this.relay.connection();
		this.signer = signer;
	}

	@Override
	public Attempt send(String envelopeSender, String recipient, byte[] message) {
		SendResult result = SendResult
			.rightly(this.connection.send(envelopeSender, recipient, this.signer.sign(message)));
		if (result instanceof SendResult.RelayFailed failed) {
			this.relay.breaker().failed(failed.reply());
		}
		else if (!(result instanceof SendResult.Unclear)) {
			this.relay.breaker().answered();
		}
		return new Attempt(this.relay.name(), result);
	}

	@Override
	public void close() {
		this.connection.close();
	}

}
