package dev.postrider.mail.template;

import java.nio.file.Path;
import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What mails are made from, and how much making one may take.
 *
 * @param templates a folder of one's own designs and words; those that come with
 * Postrider stay as they are
 * @param renderTime how long a template may run, by the processor's clock
 * @param renderSize how much a template may write
 * @param renderMemory how much memory a template may take in all while it runs
 */
@Validated
@ConfigurationProperties("postrider.mail")
record LetterProperties(@Nullable Path templates, @DefaultValue("5s") @DurationMin(millis = 100) Duration renderTime,
		@DefaultValue("2MB") DataSize renderSize, @DefaultValue("512MB") DataSize renderMemory) {

	/** Less than these makes no mail at all, for which a missing unit is enough. */
	LetterProperties {
		least("render-size", renderSize, DataSize.ofKilobytes(100));
		least("render-memory", renderMemory, DataSize.ofMegabytes(32));
	}

	private static void least(String setting, DataSize value, DataSize least) {
		if (value.compareTo(least) < 0) {
			throw new IllegalArgumentException("postrider.mail." + setting + " is " + value + "; the least is " + least
					+ ". Write it with its unit, such as 512MB");
		}
	}

	Limits limits() {
		return new Limits(this.renderTime, this.renderSize.toBytes(), this.renderMemory.toBytes());
	}

	/**
	 * What one template may take.
	 *
	 * @param time how long it may run
	 * @param characters how much it may write
	 * @param memory bytes it may allocate in all
	 */
	record Limits(Duration time, long characters, long memory) {
	}

}
