package dev.postrider.mail.relay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;

import javax.net.ssl.SSLSocketFactory;

import dev.postrider.mail.MailProperties;
import dev.postrider.mail.MailProperties.Tls;
import dev.postrider.mail.MessageSigner;
import dev.postrider.mail.RelayConnection;
import dev.postrider.mail.RelayStatus;
import dev.postrider.mail.Relays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The relays of the settings.
 */
final class ConfiguredRelays implements Relays, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(ConfiguredRelays.class);

	private static final Duration CONNECTION_LEASE = Duration.ofSeconds(30);

	private final List<SmtpRelay> relays;

	private final ConnectionSlots slots;

	private final MessageSigner signer;

	/**
	 * Makes them.
	 * @param settings in the order in which they are tried
	 * @throws WrongRelaysException if certificates are missing
	 */
	ConfiguredRelays(List<RelaySettings> settings, MailProperties properties, String heloName, Surroundings around) {
		this.slots = new ConnectionSlots(around.jdbc(), CONNECTION_LEASE);
		RelayUse use = new RelayUse(around.jdbc(), around.transaction(), around.databaseClock());
		List<String> problems = new ArrayList<>();
		this.relays = new ArrayList<>();
		for (RelaySettings one : settings) {
			if (one.tls() == Tls.NONE && one.username() != null
					&& RelaysReading.tls(Tls.AUTO, one.host()) != Tls.NONE) {
				logger.warn("Relay {} is given its login unencrypted, as its settings want it", one.name());
			}
			SSLSocketFactory tls = tls(one, around.bundles(), problems);
			Properties session = SmtpSession.properties(one, properties, heloName, tls);
			this.relays.add(new SmtpRelay(one, properties, session, secret(one, around), use, this.slots,
					around.clock(), around.events()));
		}
		if (!problems.isEmpty()) {
			throw new WrongRelaysException(problems);
		}
		this.signer = around.signer();
	}

	private static Secret secret(RelaySettings relay, Surroundings around) {
		RelaysProperties.OAuth2 oauth2 = relay.oauth2();
		if (oauth2 == null) {
			return relay::password;
		}
		if (oauth2.accessToken() != null) {
			return oauth2::accessToken;
		}
		String first = oauth2.refreshToken();
		return new AccessTokens(relay.name(), new TokenEndpoint(oauth2),
				(first != null) ? new StoredRefreshTokens(relay.name(), first, around.jdbc(), around.transaction())
						: RefreshTokens.NONE,
				System::nanoTime);
	}

	private static SSLSocketFactory tls(RelaySettings relay, @Nullable SslBundles bundles, List<String> problems) {
		String bundle = relay.sslBundle();
		if (bundle != null) {
			try {
				if (bundles != null) {
					return bundles.getBundle(bundle).createSslContext().getSocketFactory();
				}
				problems.add("Relay " + relay.name() + ": ssl-bundle is \"" + bundle + "\", but there are no bundles");
			}
			catch (NoSuchSslBundleException ex) {
				problems.add("Relay " + relay.name() + ": ssl-bundle is \"" + bundle
						+ "\"; there is no spring.ssl.bundle of that name");
			}
			catch (IllegalStateException ex) {
				problems.add(
						"Relay " + relay.name() + ": ssl-bundle \"" + bundle + "\" cannot be read: " + ex.getMessage());
			}
		}
		return (SSLSocketFactory) SSLSocketFactory.getDefault();
	}

	@Override
	public RelayConnection connection() {
		return new WayOut(this.relays, this.signer, false);
	}

	@Override
	public RelayConnection connectionForSingleMails() {
		return new WayOut(this.relays, this.signer, true);
	}

	@Override
	public List<String> names() {
		return this.relays.stream().map(SmtpRelay::name).toList();
	}

	@Override
	public List<RelayStatus> all() {
		return this.relays.stream().map(SmtpRelay::status).toList();
	}

	/**
	 * Opens a connection to those that were not heard of for long.
	 * @param silent how long, for one that answered last time
	 * @param down how long, for one that did not
	 */
	void tryOut(Duration silent, Duration down) {
		for (SmtpRelay relay : this.relays) {
			Breaker breaker = relay.breaker();
			Duration longest = (breaker.known().state() == RelayStatus.State.DOWN) ? down : silent;
			if (System.nanoTime() - breaker.lastAnswer() >= longest.toNanos() && breaker.permits()) {
				try (Line line = new Line(relay, true)) {
					line.tryOut();
				}
				finally {
					breaker.notTried();
				}
			}
		}
	}

	@Override
	public void close() {
		this.slots.close();
	}

	/**
	 * What relays work with.
	 *
	 * @param jdbc where limits are kept
	 * @param transaction of its own, for limits
	 * @param databaseClock what hours and days go by
	 * @param bundles certificates by name
	 * @param signer signs each message
	 * @param clock the process's
	 * @param events told when a relay comes and goes
	 */
	record Surroundings(JdbcClient jdbc, TransactionTemplate transaction, Supplier<Instant> databaseClock,
			@Nullable SslBundles bundles, MessageSigner signer, Clock clock, ApplicationEventPublisher events) {
	}

}
