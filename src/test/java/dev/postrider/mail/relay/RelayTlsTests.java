package dev.postrider.mail.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import dev.postrider.mail.MailProperties.Tls;
import dev.postrider.mail.RelayConnection;
import dev.postrider.mail.SendResult;
import dev.postrider.mail.SendResult.Accepted;
import dev.postrider.mail.SendResult.RelayFailed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.helper.BasicMessageListener;
import org.subethamail.smtp.server.SMTPServer;

import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslStoreBundle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * D13: encryption that is required is had, or nothing leaves, and the relay is who it
 * says.
 */
class RelayTlsTests {

	private static final char[] PASSWORD = "changeit".toCharArray();

	private final List<String> taken = new CopyOnWriteArrayList<>();

	@TempDir
	private static Path folder;

	private static KeyStore own;

	private static KeyStore anothers;

	private SMTPServer server;

	@BeforeAll
	static void makeCertificates() throws Exception {
		own = certificate("ip:127.0.0.1");
		anothers = certificate("dns:another.example");
	}

	@AfterEach
	void stop() {
		if (this.server != null) {
			this.server.stop();
		}
	}

	@Test
	@DisplayName("D13: a relay that does not offer STARTTLS is not spoken to")
	void aRelayThatOffersNone() throws Exception {
		start(null, false);
		assertThat(send(Tls.STARTTLS, null)).isInstanceOfSatisfying(RelayFailed.class,
				(failed) -> assertThat(failed.reply()).contains("STARTTLS is required"));
		assertThat(this.taken).isEmpty();
		assertThat(send(Tls.NONE, null)).isInstanceOf(Accepted.class);
		assertThat(this.taken).hasSize(1);
	}

	@Test
	@DisplayName("D13: a certificate that nobody vouches for is refused; with STARTTLS, and with TLS from the first byte")
	void aCertificateOfNobody() throws Exception {
		for (boolean implicit : new boolean[] { false, true }) {
			start(own, implicit);
			assertThat(send(implicit ? Tls.IMPLICIT : Tls.STARTTLS, null)).isInstanceOfSatisfying(RelayFailed.class,
					(failed) -> assertThat(failed.reply()).contains("unable to find valid certification path"));
			stop();
		}
		assertThat(this.taken).isEmpty();
	}

	@Test
	void aCertificateOfOnesOwnIsTrustedWhereTheRelayIsSaidToHaveIt() throws Exception {
		for (boolean implicit : new boolean[] { false, true }) {
			start(own, implicit);
			assertThat(send(implicit ? Tls.IMPLICIT : Tls.STARTTLS, own)).isInstanceOf(Accepted.class);
			stop();
		}
		assertThat(this.taken).hasSize(2);
	}

	@Test
	@DisplayName("D13: a good certificate of another host is refused")
	void aCertificateOfAnotherHost() throws Exception {
		for (boolean implicit : new boolean[] { false, true }) {
			start(anothers, implicit);
			assertThat(send(implicit ? Tls.IMPLICIT : Tls.STARTTLS, anothers)).isInstanceOf(RelayFailed.class);
			stop();
		}
		assertThat(this.taken).isEmpty();
	}

	private SendResult send(Tls tls, KeyStore trusted) {
		String[] settings = (trusted == null) ? new String[] { "tls", tls.name() }
				: new String[] { "tls", tls.name(), "ssl-bundle", "own" };
		RelayStage stage = new RelayStage(List.of(RelayStage.local(this.server.getPortAllocated(), settings)))
			.with(bundles(trusted));
		try (RelayConnection connection = stage.relays().connection()) {
			return RelayStage.send(connection, "reader." + UUID.randomUUID() + "@readers.example");
		}
	}

	private static SslBundles bundles(KeyStore trusted) {
		return (trusted == null) ? new DefaultSslBundleRegistry()
				: new DefaultSslBundleRegistry("own", SslBundle.of(SslStoreBundle.of(null, null, trusted)));
	}

	private void start(KeyStore certificate, boolean implicit) throws Exception {
		SMTPServer.Builder builder = new SMTPServer.Builder().bindAddress(InetAddress.getLoopbackAddress())
			.port(0)
			.messageHandler((BasicMessageListener) (context, from, to, data) -> this.taken.add(to));
		if (certificate != null) {
			KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			keys.init(certificate, PASSWORD);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(keys.getKeyManagers(), null, null);
			if (implicit) {
				builder.serverSocketFactory(context);
			}
			else {
				builder.enableTLS().requireTLS().startTlsSocketFactory(context);
			}
		}
		this.server = builder.build();
		this.server.start();
	}

	/** Made by the JDK's own tool, signed by itself. */
	private static KeyStore certificate(String subject) throws Exception {
		Path file = folder.resolve(UUID.randomUUID() + ".p12");
		Process tool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "relay", "-keyalg", "EC", "-dname", "CN=relay", "-ext", "SAN=" + subject,
				"-validity", "2", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass",
				new String(PASSWORD))
			.redirectErrorStream(true)
			.start();
		String said = new String(tool.getInputStream().readAllBytes());
		assertThat(tool.waitFor()).as(said).isZero();
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (var in = Files.newInputStream(file)) {
			store.load(in, PASSWORD);
		}
		catch (IOException ex) {
			throw new IllegalStateException("keytool made no key store", ex);
		}
		// Who trusts it needs the certificate alone.
		KeyStore both = KeyStore.getInstance("PKCS12");
		both.load(null, null);
		both.setKeyEntry("relay", store.getKey("relay", PASSWORD), PASSWORD, store.getCertificateChain("relay"));
		both.setCertificateEntry("trusted", store.getCertificate("relay"));
		return both;
	}

}
