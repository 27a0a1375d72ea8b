package dev.postrider.subscription.web;

import java.util.List;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the form may stand, and how it is kept from programs.
 *
 * @param origins the sites that may show the form in a frame or send sign-ups from a
 * script, such as {@code https://www.example.org}; {@code https://*.example.org} is every
 * host below, {@code :*} every port
 * @param proofOfWork when a browser must work for a sign-up
 * @param surge sign-ups within five minutes from which on {@code AUTO} wants that; half
 * as many end it
 * @param guesses how many guesses the work takes at most, half of them on average; a
 * browser makes some hundred thousand a second, on a phone a third of that
 * @param perDomainPerHour sign-ups with addresses of one domain, the popular ones
 * excepted
 */
@Validated
@ConfigurationProperties("postrider.sign-up")
record SignUpSettings(@DefaultValue List<@Pattern(regexp = ORIGIN, message = ORIGIN_HELP) String> origins,
		@DefaultValue("AUTO") @NotNull Use proofOfWork, @DefaultValue("300") @Min(1) int surge,
		@DefaultValue("200000") @Min(100) @Max(5_000_000) int guesses,
		@DefaultValue("200") @Min(1) int perDomainPerHour) {

	static final String ORIGIN = "https?://(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:([0-9]{1,5}|\\*))?";

	private static final String ORIGIN_HELP = "must be a site like https://www.example.org, without a path";

	/** When something is in use. */
	enum Use {

		/** While sign-ups surge. */
		AUTO,

		/** At all times. */
		ALWAYS,

		/** Not at all. */
		NEVER

	}

}
