package dev.postrider.mail.dkim;

import java.time.Clock;

import dev.postrider.mail.MessageSigner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DkimConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(DkimConfiguration.class);

	@Bean
	MessageSigner messageSigner(DkimProperties properties, Clock clock) {
		DkimKeys keys = DkimKeys.of(properties);
		if (keys.isEmpty()) {
			return MessageSigner.NONE;
		}
		logger.info("DKIM keys: {}", keys.all());
		return new DkimSigner(keys, RsaProviders.fastest(keys.all()), clock);
	}

}
