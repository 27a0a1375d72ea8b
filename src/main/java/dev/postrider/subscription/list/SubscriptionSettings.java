package dev.postrider.subscription.list;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import dev.postrider.subscription.ConsentWording;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

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
 * @param privacyNotice the privacy notice that is linked beside the box on the form
 */
@ConfigurationProperties("postrider.subscription")
@Validated
public record SubscriptionSettings(@DefaultValue("72h") @NotNull Duration confirmWithin,
		@DefaultValue("7d") @NotNull Duration unconfirmedKeptFor,
		@DefaultValue("14d") @NotNull @DurationMin(days = 2) Duration singleMailsKeptFor,
		@DefaultValue("1095d") @NotNull Duration evidenceKeptFor, @DefaultValue("1h") @NotNull Duration undoWithin,
		@DefaultValue("7d") @NotNull Duration bounceQuietTime, @DefaultValue("100") @Min(1) int signUpsPerIpPerHour,
		@DefaultValue("10") @Min(1) int signUpsPerAddressPerHour, @DefaultValue("600") @Min(1) int signUpsPerMinute,
		@DefaultValue("1") @Min(1) int mailsPerAddressPerDay, @DefaultValue("7d") @NotNull Duration rejectedRowsKeptFor,
		@DefaultValue List<String> topics, @DefaultValue @NotNull @Valid PrivacyNotice privacyNotice) {

	/** Words on which a reader agrees, beside this privacy notice. */
	public ConsentWording beside(ConsentWording wording) {
		URI url = this.privacyNotice.url();
		return (url != null) ? wording.beside(this.privacyNotice.version(), url.toString()) : wording;
	}

	/**
	 * The newsroom's privacy notice.
	 *
	 * @param url where it is; none: no link is shown
	 * @param version names it in the record of consents; to be changed whenever the
	 * notice is
	 */
	public record PrivacyNotice(@Nullable URI url, @DefaultValue("1") @NotNull @Pattern(regexp = "[!-~]{1,40}",
			message = "must be 1 to 40 ASCII characters without spaces") String version) {

		@AssertTrue(message = "must be an http or https address of at most 400 characters")
		boolean isUrlUsable() {
			return this.url == null || (this.url.getScheme() != null && this.url.getScheme().matches("https?")
					&& this.url.getHost() != null && this.url.toString().length() <= 400);
		}

	}

}
