package dev.postrider.story.feed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How stories are fetched.
 *
 * @param allowedPrivateHosts hosts, exactly as they stand in an address, that may be
 * fetched although they lead to a private address. Empty: none
 * @param allowedFolder folder whose files may be sources, as file: addresses. Unset: none
 * @param maxSize a feed larger than this is refused, also when it is larger only once
 * unpacked
 * @param connectTimeout how long a host may take to accept a connection
 * @param timeout how long a feed may take altogether, redirects included
 * @param pollInterval how often a source is asked
 * @param maxBackOff how long a source that keeps failing is left alone at most
 * @param parallelPolls how many hosts are asked at the same time; feeds of one host are
 * asked one after the other
 * @param hostGap how long a host is left in peace after each request
 * @param roundTimeout how long asking all sources that are due may take; what is not read
 * by then has failed, and what was not begun stays due
 */
@ConfigurationProperties("postrider.story")
@Validated
public record StorySettings(@DefaultValue List<String> allowedPrivateHosts, @Nullable Path allowedFolder,
		@DefaultValue("10MB") @NotNull DataSize maxSize,
		@DefaultValue("10s") @DurationMin(millis = 100) Duration connectTimeout,
		@DefaultValue("30s") @DurationMin(millis = 100) Duration timeout,
		@DefaultValue("10m") @DurationMin(minutes = 1) Duration pollInterval,
		@DefaultValue("6h") @DurationMin(minutes = 1) Duration maxBackOff,
		@DefaultValue("4") @Min(1) @Max(64) int parallelPolls,
		@DefaultValue("250ms") @DurationMin(millis = 0) Duration hostGap,
		@DefaultValue("2m") @DurationMin(seconds = 1) Duration roundTimeout) {
}
