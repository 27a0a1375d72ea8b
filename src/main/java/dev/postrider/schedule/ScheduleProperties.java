package dev.postrider.schedule;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import org.springframework.validation.annotation.Validated;
import org.hibernate.validator.constraints.time.DurationMin;

/**
 * When jobs start by themselves.
 *
 * @param enabled whether they do; off for a process that only serves pages
 * @param pollSources how often the sources are asked for news
 * @param composeBefore how long before its hour an edition is composed to see whether
 * there is enough news for it
 * @param lookBack how far back a start looks for editions that were due while nothing ran
 */
@Validated
@ConfigurationProperties("postrider.schedule")
record ScheduleProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("10m") @DurationMin(minutes = 1) Duration pollSources,
		@DefaultValue("4h") @DurationMin(minutes = 10) Duration composeBefore,
		@DefaultValue("7d") @DurationMin(seconds = 1) Duration lookBack) {
}
