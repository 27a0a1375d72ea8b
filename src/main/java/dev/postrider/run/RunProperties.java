package dev.postrider.run;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import org.springframework.validation.annotation.Validated;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Max;
import org.hibernate.validator.constraints.time.DurationMin;

/**
 * How runs are executed and recovered.
 *
 * @param concurrent how many runs this process executes at once
 * @param heartbeat how often this process says that it lives
 * @param deadAfter a process that has given up its lock and not been heard of for so long
 * is dead; its runs are taken over
 * @param frozenAfter one that still has its lock but was not heard of for so long is
 * taken for dead too; should it wake, what it held is no longer its own
 * @param drain how long a shutdown waits for runs to stop
 * @param recover whether this process continues runs whose process has died; off after a
 * restore, until it is known which of them went on elsewhere
 */
@Validated
@ConfigurationProperties("postrider.run")
record RunProperties(@DefaultValue("8") @Min(1) @Max(100) int concurrent,
		@DefaultValue("2s") @DurationMin(millis = 100) Duration heartbeat,
		@DefaultValue("6s") @DurationMin(seconds = 1) Duration deadAfter,
		@DefaultValue("30m") @DurationMin(seconds = 1) Duration frozenAfter,
		@DefaultValue("25s") @DurationMin(seconds = 1) Duration drain, @DefaultValue("true") boolean recover) {
}
