package dev.postrider.delivery.welcome;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What new readers are mailed at once.
 *
 * @param newest an edition whose sending began longer ago is no welcome any more
 * @param notBefore nor is one when the reader's next edition is due so soon
 */
@Validated
@ConfigurationProperties("postrider.delivery.welcome")
record WelcomeProperties(@DefaultValue("72h") @DurationMin(minutes = 1) Duration newest,
		@DefaultValue("1h") @DurationMin(seconds = 0) Duration notBefore) {
}
