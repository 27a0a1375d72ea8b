package dev.postrider.mail.relay;

import java.net.URI;
import java.time.LocalDate;
import java.util.List;

import dev.postrider.mail.MailProperties.Tls;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Several relays, or one of which more is to be said than {@code spring.mail} knows.
 *
 * @param relays none: the one of {@code spring.mail}
 */
@ConfigurationProperties("postrider.mail")
record RelaysProperties(@DefaultValue List<One> relays) {

	/**
	 * A relay. All that is wrong in any of them is told at once, at the start.
	 *
	 * @param name for people and for the ledger; by default host and port
	 * @param host its name or address
	 * @param port its port; by default 25, with a login 587, with {@code IMPLICIT} 465
	 * @param username for SMTP AUTH, if it wants any
	 * @param password for SMTP AUTH
	 * @param oauth2 instead of a password (XOAUTH2)
	 * @param tls whether the connection must be encrypted; by default as
	 * {@code postrider.mail.tls} says
	 * @param sslBundle name of a {@code spring.ssl.bundle} whose certificates are trusted
	 * instead of Java's, for a relay with a certificate of one's own
	 * @param order the relays with the lowest are tried first
	 * @param weight its share among relays of the same order
	 * @param connections at most so many at the same time, over all processes
	 * @param perSecond at most so many messages a second, over all processes
	 * @param perHour at most so many messages in an hour of the clock
	 * @param perDay at most so many messages in a day (UTC)
	 * @param warmUp a cap a day that grows, for a sender who is new to the receivers
	 */
	record One(@Nullable String name, @Nullable String host, @Nullable Integer port, @Nullable String username,
			@Nullable String password, @Nullable OAuth2 oauth2, @Nullable Tls tls, @Nullable String sslBundle,
			@DefaultValue("1") int order, @DefaultValue("1") int weight, @Nullable Integer connections,
			@Nullable Integer perSecond, @Nullable Integer perHour, @Nullable Integer perDay, @Nullable WarmUp warmUp) {
	}

	/**
	 * How to come by an access token: either it is given, or a token endpoint gives it
	 * (RFC 6749 4.4; with a refresh token, 6).
	 *
	 * @param accessToken a token that does not end
	 * @param tokenUri the endpoint
	 * @param clientId who we are there
	 * @param clientSecret proves it
	 * @param scope what the token is for
	 * @param refreshToken of the mailbox' owner; without one the client asks in its own
	 * name
	 */
	record OAuth2(@Nullable String accessToken, @Nullable URI tokenUri, @Nullable String clientId,
			@Nullable String clientSecret, @Nullable String scope, @Nullable String refreshToken) {
	}

	/**
	 * On its first day the relay takes {@code first} messages, on each later one
	 * {@code factor} times as many as the day before.
	 *
	 * @param from the first day (UTC)
	 * @param first messages of that day
	 * @param factor growth from day to day
	 */
	record WarmUp(@Nullable LocalDate from, @DefaultValue("500") int first, @DefaultValue("1.5") double factor) {

		/** The cap of a day; the first one's for any day before. */
		long cap(LocalDate day) {
			long days = (this.from != null) ? Math.max(0, day.toEpochDay() - this.from.toEpochDay()) : 0;
			// Far out it is infinite, which rounds to the largest number there is.
			return (long) Math.floor(this.first * Math.pow(this.factor, days));
		}

	}

}
