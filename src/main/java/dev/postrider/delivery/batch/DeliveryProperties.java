package dev.postrider.delivery.batch;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import org.springframework.validation.annotation.Validated;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Max;
import org.hibernate.validator.constraints.time.DurationMin;

/**
 * How an edition is sent.
 *
 * @param lanes sending workers, each with a connection to the relay
 * @param blockSize ledger rows that a lane claims at once, at most; fewer where the
 * edition is small for so many lanes
 * @param leastBlockSize and so many at least: smaller ones cost more to claim than they
 * spread
 * @param pageSize ledger rows read at once; who unsubscribes before a page is read is not
 * in it
 * @param lease how long a claim holds without being renewed; longer than twice what a
 * relay may take for one message ({@code postrider.mail.read-timeout} and
 * {@code postrider.mail.write-timeout} together)
 * @param firstRetry pause before a deferred reader is tried again, doubled each time
 * @param longestRetry the longest such pause
 * @param refusalsToHold so many refusals in a row that are no reader's fault hold the
 * edition
 * @param surgeWindow and so does one code of the receivers' rules (5.7.x) that is given
 * to {@code surgeShare} of so many copies
 * @param surgeShare which share of them
 * @param bouncesToHold so many addresses called bad at their first attempt hold the
 * edition too, and none of them is suppressed, when they are more than
 * {@code bounceShare} of the last {@code surgeWindow} first attempts
 * @param bounceShare which share of them
 * @param keepLedger so long after an edition is over, who got it is kept one by one, with
 * the relay's replies; then only counts are. Bounces come back for some weeks.
 */
@Validated
@ConfigurationProperties("postrider.delivery")
record DeliveryProperties(@DefaultValue("8") @Min(1) @Max(200) int lanes, @DefaultValue("1000") @Min(1) int blockSize,
		@DefaultValue("10") @Min(1) int leastBlockSize, @DefaultValue("100") @Min(1) @Max(10_000) int pageSize,
		@DefaultValue("25m") @DurationMin(seconds = 2) Duration lease,
		@DefaultValue("1m") @DurationMin(millis = 100) Duration firstRetry,
		@DefaultValue("30m") @DurationMin(seconds = 1) Duration longestRetry,
		@DefaultValue("20") @Min(1) int refusalsToHold, @DefaultValue("200") @Min(1) int surgeWindow,
		@DefaultValue("0.25") @DecimalMin("0.01") @DecimalMax("1.0") double surgeShare,
		@DefaultValue("20") @Min(1) int bouncesToHold,
		@DefaultValue("0.25") @DecimalMin("0.01") @DecimalMax("1.0") double bounceShare,
		@DefaultValue("400d") @DurationMin(days = 61) Duration keepLedger) {
}
