package dev.postrider.demo.database;

import java.util.List;

import dev.postrider.demo.DemoSettings;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * Gives the demo its database when none was named. The data source depends on these
 * details, so the server stops after all who use it.
 */
@Configuration(proxyBeanMethods = false)
@Profile("demo")
@ConditionalOnBooleanProperty("postrider.demo.embedded-database")
class EmbeddedDatabaseConfiguration {

	@Bean
	EmbeddedDatabase embeddedDatabase(DemoSettings settings) {
		return EmbeddedDatabase.start(new EmbeddedDatabase.Options(settings.folder().resolve("database"),
				settings.folder().resolve("mariadb"), settings.databasePort(), false, List.of()));
	}

	@Bean
	JdbcConnectionDetails embeddedDatabaseDetails(EmbeddedDatabase database) {
		return new JdbcConnectionDetails() {

			@Override
			public String getJdbcUrl() {
				return database.url();
			}

			@Override
			public String getUsername() {
				return EmbeddedDatabase.USER;
			}

			@Override
			public String getPassword() {
				return "";
			}

		};
	}

}
