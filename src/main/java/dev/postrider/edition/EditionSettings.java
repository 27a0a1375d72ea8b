package dev.postrider.edition;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How editions are put together.
 *
 * @param furthestBack how far back the stories of an edition reach at most, when there is
 * little news
 */
@Validated
@ConfigurationProperties("postrider.edition")
record EditionSettings(@DefaultValue("10d") @DurationMin(hours = 1) Duration furthestBack) {
}
