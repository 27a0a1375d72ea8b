package dev.postrider.run;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How runs are executed and recovered.
 *
 * @param concurrent how many runs this process executes at once
 * @param heartbeat how often this process says that it lives
 * @param deadAfter a process that has given up its lock and not been heard of for so long
 * is dead; its runs are taken over
 * @param drain how long a shutdown waits for runs to stop
 */
@ConfigurationProperties("postrider.run")
record RunProperties(@DefaultValue("8") int concurrent, @DefaultValue("2s") Duration heartbeat,
		@DefaultValue("6s") Duration deadAfter, @DefaultValue("25s") Duration drain) {
}
