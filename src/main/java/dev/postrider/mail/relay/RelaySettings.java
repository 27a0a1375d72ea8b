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
 * @param password for SMTP AUTH, unless there is {@code oauth2}
 * @param oauth2 how to come by a token, for XOAUTH2
 * @param tls whether the connection must be encrypted, never {@code AUTO}
 * @param sslBundle whose certificates are trusted, instead of Java's
 * @param order the lowest goes first
 * @param weight its share among those of the same order
 * @param limits what it may be given
 */
record RelaySettings(String name, String host, int port, @Nullable String username, @Nullable String password,
		RelaysProperties.@Nullable OAuth2 oauth2, Tls tls, @Nullable String sslBundle, int order, int weight,
		Limits limits) {

	/** Host and port. */
	String address() {
		return this.host + ":" + this.port;
	}

}
