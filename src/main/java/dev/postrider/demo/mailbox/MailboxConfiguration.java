package dev.postrider.demo.mailbox;

import java.time.Clock;

import dev.postrider.demo.DemoSettings;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * Gives the demo its relay when none was named.
 */
@Configuration(proxyBeanMethods = false)
@Profile("demo")
@ConditionalOnBooleanProperty("postrider.demo.embedded-mail")
class MailboxConfiguration {

	@Bean
	Mailbox mailbox(DemoSettings settings) {
		return new Mailbox(settings.folder().resolve("mail"), settings.mailLimit());
	}

	@Bean
	MailServer mailServer(Mailbox mailbox, Clock clock, @Value("${spring.mail.port}") int port) {
		return new MailServer(port, mailbox, clock);
	}

}
