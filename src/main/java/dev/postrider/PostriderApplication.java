package dev.postrider;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Postrider: the newsletter system of a newsroom.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class PostriderApplication {

	/**
	 * The zone the host is set to, kept before {@link #main} makes UTC the process' own.
	 */
	public static final String HOST_ZONE = "postrider.host-zone";

	public static void main(String[] args) {
		command(args).ifPresent(
				(command) -> System.exit(command.run(List.of(args).subList(1, args.length), System.out, System.err)));
		// Spring Batch writes local times; UTC everywhere makes them moments.
		System.setProperty(HOST_ZONE, TimeZone.getDefault().getID());
		TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
		SpringApplication application = new SpringApplication(PostriderApplication.class);
		application.addInitializers(new ProductionCheck());
		application.run(args);
	}

	private static Optional<Command> command(String[] args) {
		return (args.length == 0) ? Optional.empty()
				: SpringFactoriesLoader.forDefaultResourceLocation()
					.load(Command.class)
					.stream()
					.filter((command) -> command.name().equals(args[0]))
					.findFirst();
	}

	/** The only source of "now"; tests replace it. */
	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

}
