package dev.postrider;

import java.time.Clock;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Postrider: the newsletter system of a newsroom.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class PostriderApplication {

	public static void main(String[] args) {
		SpringApplication application = new SpringApplication(PostriderApplication.class);
		application.addInitializers(new ProductionCheck());
		application.run(args);
	}

	/** The only source of "now"; tests replace it. */
	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

}
