package dev.postrider.mail.provider;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much the providers of readers' mailboxes are sent.
 *
 * @param providers limits by provider: a name of {@code mail/providers.txt} or a domain
 * @param mx how a domain's provider is found
 * @param backOff what follows when a provider says that it is too much
 */
@Validated
@ConfigurationProperties("postrider.mail")
record ProviderSettings(@DefaultValue Map<String, @Valid Limit> providers, @DefaultValue @Valid Mx mx,
		@DefaultValue @Valid BackOff backOff) {

	static final Limit NONE = new Limit(null, null);

	/**
	 * @param perSecond messages a second and process
	 * @param connections messages at the same time and process
	 */
	record Limit(@Nullable @DecimalMin("0.01") Double perSecond, @Nullable @Min(1) Integer connections) {
	}

	/**
	 * @param lookup whether the DNS is asked for MX records; else only well-known domains
	 * are told apart
	 * @param servers whom to ask, {@code address} or {@code address:port}; by default the
	 * system's
	 * @param timeout for an answer
	 * @param patience how long a lane waits for the answers of its next page
	 * @param keep for how long an answer is good
	 */
	record Mx(@DefaultValue("true") boolean lookup, @DefaultValue List<String> servers,
			@DefaultValue("2s") @DurationMin(millis = 50) Duration timeout,
			@DefaultValue("1s") @DurationMin(millis = 0) Duration patience,
			@DefaultValue("7d") @DurationMin(minutes = 1) Duration keep) {
	}

	/**
	 * @param first the first pause, doubled each time
	 * @param longest the longest
	 * @param recovery the rate is doubled whenever nothing was said for so long
	 * @param slowAfter a provider that takes longer than this to answer is slow
	 * @param slowShare the share of the lanes that a slow one may hold while others'
	 * readers wait
	 */
	record BackOff(@DefaultValue("1m") @DurationMin(millis = 10) Duration first,
			@DefaultValue("30m") @DurationMin(millis = 10) Duration longest,
			@DefaultValue("1m") @DurationMin(millis = 10) Duration recovery,
			@DefaultValue("500ms") @DurationMin(millis = 1) Duration slowAfter,
			@DefaultValue("0.25") @DecimalMin("0.01") @DecimalMax("1.0") double slowShare) {
	}

}
