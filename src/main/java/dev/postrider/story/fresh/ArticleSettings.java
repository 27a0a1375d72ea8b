package dev.postrider.story.fresh;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the articles of an edition are looked for before it is sent.
 *
 * @param check whether they are
 * @param timeout how long one may take to answer
 * @param roundTimeout how long all of an edition may take; those not asked by then are
 * sent unchecked, with a note
 * @param parallel how many hosts are asked at the same time
 */
@ConfigurationProperties("postrider.story.articles")
@Validated
record ArticleSettings(@DefaultValue("true") boolean check,
		@DefaultValue("10s") @DurationMin(millis = 100) Duration timeout,
		@DefaultValue("45s") @DurationMin(millis = 100) Duration roundTimeout,
		@DefaultValue("4") @Min(1) @Max(64) int parallel) {
}
