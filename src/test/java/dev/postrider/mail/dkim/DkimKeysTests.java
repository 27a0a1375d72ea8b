package dev.postrider.mail.dkim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.postrider.mail.MessageSigner;
import dev.postrider.testing.TestKeys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Keys from the settings, and the command that makes them.
 */
class DkimKeysTests {

	private static final byte[] MESSAGE = "From: a@news.example\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII);

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@TempDir
	Path folder;

	@Test
	void withoutKeysNothingIsSigned() {
		MessageSigner signer = new DkimConfiguration().messageSigner(bound(Map.of()), Clock.systemUTC());
		assertThat(signer.sign(MESSAGE)).isSameAs(MESSAGE);
		assertThat(signer.signs("news.example")).isFalse();
	}

	@Test
	void theCommandMakesAKeyThatSignsAndTheRecordThatVerifies() throws Exception {
		assertThat(command("News.Example", "s2026", "--out", this.folder.toString())).isZero();
		Path file = this.folder.resolve("s2026.news.example.pem");
		assertThat(Files.getPosixFilePermissions(file)).containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ,
				PosixFilePermission.OWNER_WRITE);
		DkimVerifier receiver = new DkimVerifier(signedByPrintedSettings());
		assertThat(receiver.verify(0, published("rsa"))).isTrue();
		assertThat(receiver.signatures().get(0)).containsEntry("s", "s2026").containsEntry("d", "news.example");
		assertThat(((RSAPublicKey) published("rsa")).getModulus().bitLength()).isEqualTo(2048);
		assertThat(printed()).doesNotContain("PRIVATE");
	}

	@Test
	void theCommandMakesAnEd25519KeyToo() throws Exception {
		assertThat(command("news.example", "e1", "--ed25519", "--out", this.folder.toString())).isZero();
		assertThat(new DkimVerifier(signedByPrintedSettings()).verify(0, published("ed25519"))).isTrue();
	}

	@Test
	void theStringsOfARecordAreShortEnoughForTheDns() {
		command("news.example", "s1", "--out", this.folder.toString());
		String line = printed().lines().filter((each) -> each.contains(" IN TXT (")).findFirst().orElseThrow();
		List<String> strings = Pattern.compile("\"([^\"]*)\"").matcher(line).results().map((m) -> m.group(1)).toList();
		assertThat(strings).hasSizeGreaterThan(1).allSatisfy((one) -> assertThat(one).hasSizeLessThanOrEqualTo(255));
		assertThat(printed().lines()).contains(String.join("", strings));
		assertThat(line).startsWith("s1._domainkey.news.example. IN TXT");
	}

	@Test
	void aKeyIsNeverWrittenOver() throws IOException {
		command("news.example", "s1", "--out", this.folder.toString());
		String before = Files.readString(this.folder.resolve("s1.news.example.pem"));
		assertThat(command("news.example", "s1", "--out", this.folder.toString())).isEqualTo(1);
		assertThat(this.err.toString()).contains("exists already");
		assertThat(Files.readString(this.folder.resolve("s1.news.example.pem"))).isEqualTo(before);
		assertThat(command("news.example", "s2", "--out", this.folder + "/nowhere")).isEqualTo(1);
	}

	@Test
	void wrongArgumentsAreExplained() {
		for (List<String> args : List.of(List.<String>of(), List.of("news.example"), List.of("news", "s1"),
				List.of("news.example", "s 1"), List.of("news.example", "s1", "--rsa"),
				List.of("news.example", "s1", "--out"), List.of("news.example", "../s1"))) {
			this.err.reset();
			assertThat(command(args.toArray(String[]::new))).as(args.toString()).isEqualTo(2);
			assertThat(this.err.toString()).contains("dkim-key DOMAIN SELECTOR");
		}
		assertThat(command("--help")).isZero();
		assertThat(this.folder).isEmptyDirectory();
	}

	@Test
	void keysOfTheOlderFormAreRead() throws Exception {
		KeyPair pair = TestKeys.rsa();
		byte[] pkcs8 = pair.getPrivate().getEncoded();
		// What follows PKCS#8's own 26 bytes is the PKCS#1 key.
		String pkcs1 = "-----BEGIN RSA PRIVATE KEY-----\n"
				+ Base64.getMimeEncoder().encodeToString(Arrays.copyOfRange(pkcs8, 26, pkcs8.length))
				+ "\n-----END RSA PRIVATE KEY-----\n";
		assertThat(Pem.privateKey("Some words before\n" + pkcs1)).isEqualTo(pair.getPrivate());
		assertThat(Pem.privateKey(Pem.of(pair.getPrivate()))).isEqualTo(pair.getPrivate());
	}

	@Test
	@DisplayName("D1: a key that receivers do not take is refused at the start")
	void lengthsThatReceiversDoNotTake() {
		assertRefused("keys[0] is an RSA key of 512 bits; receivers take 1024 to 4096, and 2048 is advised", "pem",
				TestKeys.pem(TestKeys.newRsa(512).getPrivate()));
		assertThat(DkimKeys.of(settings("pem", TestKeys.pem(TestKeys.newRsa(1024).getPrivate()))).all()).hasSize(1);
	}

	@Test
	void settingsThatAreWrongAreNamedWithTheReason() throws Exception {
		String pem = TestKeys.pem(TestKeys.rsa().getPrivate());
		assertRefused("keys[0].file is " + this.folder + "/x.pem, which cannot be read: there is no such file", "file",
				this.folder + "/x.pem");
		assertRefused("keys[0] needs either .file or .pem", "selector", "s1");
		assertRefused("keys[0] needs either .file or .pem", "pem", pem, "file", "x.pem");
		assertRefused("keys[0].pem has no private key", "pem", "-----BEGIN PUBLIC KEY-----\nAA==\n-----END");
		assertRefused("keys[0].pem holds a private key that is damaged", "pem",
				"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----");
		assertRefused("keys[0].pem is locked by a passphrase", "pem",
				"-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----");
		KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
		assertRefused("keys[0].pem holds a private key that is damaged, or neither RSA nor Ed25519", "pem",
				TestKeys.pem(generator.generateKeyPair().getPrivate()));
		assertRefused("keys[0].selector is \"a b\"", "pem", pem, "selector", "a b");
		assertRefused("keys[0].domain is missing", "pem", pem, "domain", " ");
		Path file = Files.writeString(this.folder.resolve("cut.pem"), pem.substring(0, 300));
		assertRefused("keys[0].file (" + file + ") has no private key", "file", file.toString());
	}

	@Test
	void twoKeysOfOneSelectorAreRefused() {
		DkimProperties.Key key = settings("pem", TestKeys.pem(TestKeys.rsa().getPrivate())).keys().get(0);
		assertThatIllegalStateException().isThrownBy(() -> DkimKeys.of(new DkimProperties(List.of(key, key))))
			.withMessageContaining("keys[1] names s1._domainkey.news.example a second time");
	}

	@Test
	void noKeyIsShownInWords() {
		DkimProperties properties = settings("pem", TestKeys.pem(TestKeys.rsa().getPrivate()));
		assertThat(properties.toString()).doesNotContain("PRIVATE");
		assertThat(DkimKeys.of(properties).all().toString()).isEqualTo("[s1._domainkey.news.example (rsa-sha256)]");
	}

	private static void assertRefused(String message, String... settings) {
		assertThatIllegalStateException().isThrownBy(() -> DkimKeys.of(settings(settings)))
			.withMessageStartingWith("postrider.dkim." + message)
			.withMessageNotContainingAny("AAAA", "MII");
	}

	private static DkimProperties settings(String... namesAndValues) {
		Map<String, @Nullable String> settings = new HashMap<>(
				Map.of("postrider.dkim.keys[0].domain", "news.example", "postrider.dkim.keys[0].selector", "s1"));
		for (int i = 0; i < namesAndValues.length; i += 2) {
			settings.put("postrider.dkim.keys[0]." + namesAndValues[i], namesAndValues[i + 1]);
		}
		return bound(settings);
	}

	private static DkimProperties bound(Map<String, ? extends @Nullable Object> settings) {
		return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("postrider.dkim",
				DkimProperties.class);
	}

	private int command(String... args) {
		return new DkimKeyCommand().run(List.of(args), new PrintStream(this.out), new PrintStream(this.err));
	}

	private String printed() {
		return this.out.toString(StandardCharsets.UTF_8);
	}

	/** By what the command told to set, and nothing else. */
	private byte[] signedByPrintedSettings() {
		Map<String, String> settings = printed().lines()
			.filter((line) -> line.startsWith("POSTRIDER_DKIM_KEYS_0_"))
			.collect(Collectors.toMap(
					(line) -> "postrider.dkim.keys[0]." + line.substring(22, line.indexOf('=')).toLowerCase(),
					(line) -> line.substring(line.indexOf('=') + 1)));
		return new DkimSigner(DkimKeys.of(bound(settings)), RsaProviders.available().get(0),
				Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
			.sign(MESSAGE);
	}

	/** The public key in the printed record. */
	private PublicKey published(String type) throws Exception {
		Matcher record = Pattern.compile("(?m)^v=DKIM1; k=" + type + "; h=sha256; p=(\\S+)$").matcher(printed());
		assertThat(record.find()).isTrue();
		byte[] key = Base64.getDecoder().decode(record.group(1));
		if (type.equals("rsa")) {
			return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(key));
		}
		assertThat(key).hasSize(32);
		byte[] template = TestKeys.ed25519().getPublic().getEncoded();
		System.arraycopy(key, 0, template, template.length - 32, 32);
		return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(template));
	}

}
