package dev.postrider.mail.relay;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import org.springframework.validation.annotation.Validated;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Max;

/**
 * The relay, in Spring's own words.
 *
 * @param host its name or address
 * @param port its port
 * @param username for SMTP AUTH, if it wants any
 * @param password for SMTP AUTH
 */
@Validated
@ConfigurationProperties("spring.mail")
record SpringMailProperties(@DefaultValue("127.0.0.1") String host, @DefaultValue("25") @Min(1) @Max(65_535) int port,
		@Nullable String username, @Nullable String password) {
}
