package dev.postrider.mail;

import java.time.Duration;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import org.springframework.validation.annotation.Validated;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMin;

/**
 * How mail leaves.
 *
 * @param heloName the name we greet relays with; by default the host of
 * {@code postrider.base-url} (RFC 5321 4.1.4 wants a full name)
 * @param bounceDomain domain of the envelope senders; by default that of the newsletter's
 * sender
 * @param from sender of mails to the staff; by default {@code postrider@} that host
 * @param tls whether the connection must be encrypted
 * @param connectTimeout for opening a connection
 * @param greetingTimeout for the greeting and for each reply until we are logged in
 * @param envelopeTimeout for each reply to the sender, the recipient and the wish to send
 * a message; RFC 5321 4.5.3.2 wants 5 minutes
 * @param readTimeout for the reply to the message, and for any other at most; RFC 5321
 * 4.5.3.2 wants 10 minutes after the final dot
 * @param writeTimeout what all else of one message may take together: connecting, logging
 * in, writing
 * @param messagesPerConnection a connection is renewed after so many messages
 * @param pipelining whether commands go out together where the relay offers that (RFC
 * 2920)
 * @param chunking whether messages go out counted where the relay offers that (RFC 3030)
 */
@Validated
@ConfigurationProperties("postrider.mail")
public record MailProperties(@Nullable String heloName, @Nullable String bounceDomain, @Nullable String from,
		@DefaultValue("AUTO") Tls tls, @DefaultValue("15s") @DurationMin(seconds = 1) Duration connectTimeout,
		@DefaultValue("1m") @DurationMin(seconds = 1) Duration greetingTimeout,
		@DefaultValue("5m") @DurationMin(seconds = 1) Duration envelopeTimeout,
		@DefaultValue("10m") @DurationMin(seconds = 1) Duration readTimeout,
		@DefaultValue("2m") @DurationMin(seconds = 1) Duration writeTimeout,
		@DefaultValue("500") @Min(1) int messagesPerConnection, @DefaultValue("AUTO") Use pipelining,
		@DefaultValue("AUTO") Use chunking) {

	private static final Pattern DOMAIN = Pattern.compile("(?=.{1,190}$)([A-Za-z0-9-]{1,63}\\.)*[A-Za-z0-9-]{1,63}");

	/** A single mail is claimed for half an hour, and begun in its first ten minutes. */
	private static final Duration LONGEST_TRY = Duration.ofMinutes(18);

	/**
	 * Every bounce comes back to the domain, so a wrong one would lose them all; and who
	 * waits for a relay for longer than a mail is claimed sends it twice.
	 */
	public MailProperties {
		if (bounceDomain != null && !DOMAIN.matcher(bounceDomain).matches()) {
			throw new IllegalArgumentException("postrider.mail.bounce-domain is \"" + bounceDomain
					+ "\"; it must be a domain in its ASCII form, such as bounces.news.example");
		}
		if (readTimeout.plus(writeTimeout).compareTo(LONGEST_TRY) > 0) {
			throw new IllegalArgumentException(
					"postrider.mail.read-timeout (" + readTimeout + ") and postrider.mail.write-timeout ("
							+ writeTimeout + ") are more than 18 minutes together; make them shorter");
		}
	}

	/**
	 * How long one relay may have one message at most, from opening the connection to its
	 * last reply: then the connection is broken off.
	 */
	public Duration longestTry() {
		return this.readTimeout.plus(this.writeTimeout);
	}

	/**
	 * Encryption towards the relay.
	 */
	public enum Tls {

		/**
		 * STARTTLS required, except towards {@code localhost} and a loopback address that
		 * is written as one: what the DNS says of a name decides nothing.
		 */
		AUTO,

		/** STARTTLS required, certificate checked. */
		STARTTLS,

		/** TLS from the first byte (port 465), certificate checked. */
		IMPLICIT,

		/** None; only where the network itself is trusted. */
		NONE

	}

	/**
	 * Whether to use what a relay may offer.
	 */
	public enum Use {

		/** Where it is offered. */
		AUTO,

		/** Never: for a relay that offers it and does it wrong. */
		OFF;

		/** Whether it is used where it is offered. */
		public boolean isOn() {
			return this == AUTO;
		}

	}

}
