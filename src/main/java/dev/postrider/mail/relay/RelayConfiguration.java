package dev.postrider.mail.relay;

import java.time.Clock;
import java.util.List;

import dev.postrider.mail.MailProperties;
import dev.postrider.mail.MessageSigner;
import dev.postrider.mail.PublicUrl;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class RelayConfiguration {

	@Bean
	ConfiguredRelays relays(RelaysProperties several, SpringMailProperties spring, MailProperties properties,
			PublicUrl publicUrl, MessageSigner signer, JdbcClient jdbc, PlatformTransactionManager transactions,
			ObjectProvider<SslBundles> bundles, Clock clock, ApplicationEventPublisher events) {
		List<RelaySettings> settings = RelaysReading.read(several.relays(), spring, properties.tls());
		return new ConfiguredRelays(settings, properties, HeloName.of(properties, publicUrl),
				new ConfiguredRelays.Surroundings(jdbc, ofItsOwn(transactions), RelayUse.clockOf(jdbc),
						bundles.getIfAvailable(), signer, clock, events));
	}

	/** Limits are counted whatever becomes of the work that asked. */
	static TransactionTemplate ofItsOwn(PlatformTransactionManager transactions) {
		TransactionTemplate template = new TransactionTemplate(transactions);
		template.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		template.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
		return template;
	}

}
