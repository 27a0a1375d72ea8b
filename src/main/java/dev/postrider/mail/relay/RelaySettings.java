package dev.postrider.mail.relay;

import dev.postrider.mail.MailProperties.Tls;
import org.jspecify.annotations.Nullable;

/**
 * One relay, with all that was left out filled in.
 *
 * @param name for people and for the ledger
 * @param host its name or address
 * @param port its port
 * @param username for SMTP AUTH, if it wants any
 * @param password for SMTP AUTH
 * @param tls whether the connection must be encrypted
 */
record RelaySettings(String name, String host, int port, @Nullable String username, @Nullable String password,
		Tls tls) {

	/** Host and port. */
	String address() {
		return this.host + ":" + this.port;
	}

}
