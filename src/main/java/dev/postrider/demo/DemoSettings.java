package dev.postrider.demo;

import java.nio.file.Path;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the demo; they mean nothing in production.
 *
 * @param folder where the demo keeps its database, its mail and its secret
 * @param databasePort port of the embedded database on 127.0.0.1; 0 takes a free one
 * @param mailLimit how many mails the mailbox keeps; the oldest go first
 * @param readers how many readers the demo adds, at most as many as it has names for
 */
@Validated
@ConfigurationProperties("postrider.demo")
public record DemoSettings(@DefaultValue("./data") @NotNull Path folder,
		@DefaultValue("0") @Min(0) @Max(65535) int databasePort, @DefaultValue("1000") @Min(1) int mailLimit,
		@DefaultValue("25") @Min(0) @Max(25) int readers) {
}
