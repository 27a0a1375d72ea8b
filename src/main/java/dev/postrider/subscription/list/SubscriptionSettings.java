package dev.postrider.subscription.list;

import java.time.Duration;
import java.util.List;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Sign-up and what follows from it.
 *
 * @param confirmWithin how long a confirmation link holds
 * @param unconfirmedKeptFor when a sign-up that nobody confirmed is deleted
 * @param singleMailsKeptFor how long it is kept that a confirmation or another single
 * mail was sent or failed; at least 2 days, because mails to an address are counted a day
 * back
 * @param evidenceKeptFor how long IP address and browser of a consent are kept
 * @param undoWithin how long an unsubscription can be taken back on its page
 * @param bounceQuietTime how long after a hard bounce an address may not be sent a new
 * confirmation
 * @param signUpsPerIpPerHour sign-ups from one IPv4 address or IPv6 /64 network
 * @param signUpsPerAddressPerHour sign-ups with one email address
 * @param signUpsPerMinute sign-ups altogether
 * @param mailsPerAddressPerDay confirmation mails that one address gets a day, however
 * often it is signed up
 * @param rejectedRowsKeptFor how long the rejected rows of an import can be downloaded
 * @param topics the topics a reader may choose from; none: the choice is not shown
 */
@ConfigurationProperties("postrider.subscription")
@Validated
public record SubscriptionSettings(@DefaultValue("72h") @NotNull Duration confirmWithin,
		@DefaultValue("7d") @NotNull Duration unconfirmedKeptFor,
		@DefaultValue("14d") @NotNull @DurationMin(days = 2) Duration singleMailsKeptFor,
		@DefaultValue("1095d") @NotNull Duration evidenceKeptFor, @DefaultValue("1h") @NotNull Duration undoWithin,
		@DefaultValue("7d") @NotNull Duration bounceQuietTime, @DefaultValue("100") @Min(1) int signUpsPerIpPerHour,
		@DefaultValue("10") @Min(1) int signUpsPerAddressPerHour, @DefaultValue("600") @Min(1) int signUpsPerMinute,
		@DefaultValue("3") @Min(1) int mailsPerAddressPerDay, @DefaultValue("7d") @NotNull Duration rejectedRowsKeptFor,
		@DefaultValue List<String> topics) {
}
