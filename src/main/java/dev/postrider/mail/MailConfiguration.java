package dev.postrider.mail;

import java.net.URI;
import java.util.Objects;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MailConfiguration {

	@Bean
	PublicUrl publicUrl(PublicProperties properties) {
		URI base = properties.baseUrl();
		if (base.getHost() == null || base.getQuery() != null) {
			throw new IllegalStateException("postrider.base-url is \"" + base
					+ "\"; it must be the address readers reach us at, such as https://news.example");
		}
		return new PublicUrl(base);
	}

	@Bean
	TokenSigner tokenSigner(PublicProperties properties) {
		return TokenSigner.of(properties.secret(), properties.formerSecrets());
	}

	@Bean
	SystemSender systemSender(MailProperties properties, PublicUrl publicUrl) {
		String address = (properties.from() != null) ? properties.from()
				: "postrider@" + Objects.requireNonNull(publicUrl.base().getHost());
		return new SystemSender(new Outbox.Sender("Postrider", address));
	}

}
