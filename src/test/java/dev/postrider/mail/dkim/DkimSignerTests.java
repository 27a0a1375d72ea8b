package dev.postrider.mail.dkim;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.Provider;
import java.security.Security;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import dev.postrider.mail.MessageSigner;
import dev.postrider.mail.dkim.DkimKey.Algorithm;
import dev.postrider.testing.TestKeys;
import dev.postrider.testing.TestThreads;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signatures as a receiver checks them, and what makes them break.
 */
class DkimSignerTests {

	private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");

	private static final KeyPair RSA = TestKeys.rsa();

	private static final KeyPair ED25519 = TestKeys.ed25519();

	private static final String MESSAGE = """
			To: reader@readers.example
			Message-ID: <1@news.example>
			List-Unsubscribe: <https://news.example/unsubscribe/abc>
			From: =?UTF-8?B?w4RuZGVyIEA=?= <Highlights@News.Example>
			Reply-To: desk@news.example
			Date: Mon, 23 Nov 2026 06:00:00 +0000
			Subject: Harbour bridge
			  opens	 at noon\u0020
			List-Id: Highlights <highlights.news.example>
			List-Help: <https://news.example/help>
			List-Owner: <mailto:desk@news.example>
			List-Post: NO
			List-Archive: <https://news.example/editions>
			List-Unsubscribe-Post: List-Unsubscribe=One-Click
			Feedback-ID: 2026-11-23:highlights:digest:newsexample
			Auto-Submitted: auto-generated
			Precedence: bulk
			X-Auto-Response-Suppress: OOF, AutoReply
			MIME-Version: 1.0
			Content-Type: text/plain; charset=UTF-8
			Content-Transfer-Encoding: quoted-printable

			A bridge  has\topened.\u0020

			=E2=80=94 The Courier\u0020\u0020


			""".replace("\n", "\r\n");

	private final MessageSigner signer = signer(rsa("s1"));

	@Test
	@DisplayName("D1 D5 D6 D7: rsa-sha256, relaxed/relaxed, a time, no length and no expiry")
	void theTagsOfASignature() {
		DkimVerifier receiver = new DkimVerifier(sign(MESSAGE));
		Map<String, String> tags = receiver.signatures().get(0);
		assertThat(tags).containsEntry("v", "1")
			.containsEntry("a", "rsa-sha256")
			.containsEntry("c", "relaxed/relaxed")
			.containsEntry("d", "news.example")
			.containsEntry("s", "s1")
			.containsEntry("t", String.valueOf(NOW.getEpochSecond()))
			.doesNotContainKeys("l", "x");
		assertThat(receiver.signatures()).hasSize(1);
		assertThat(receiver.verify(0, RSA.getPublic())).isTrue();
		assertThat(receiver.verify(0, TestKeys.newRsa(2048).getPublic())).as("another's key").isFalse();
	}

	@Test
	@DisplayName("D2 D3: every header that says who, to whom, what and how to leave is signed")
	void theHeadersOfASignature() {
		assertThat(names(MESSAGE)).contains("from", "reply-to", "subject", "date", "to", "cc", "message-id",
				"mime-version", "content-type", "content-transfer-encoding", "list-id", "list-help", "list-owner",
				"list-post", "list-archive", "list-unsubscribe", "list-unsubscribe-post", "feedback-id",
				"auto-submitted", "precedence");
		assertThat(names(MESSAGE)).as("what relays may add").doesNotContain("received", "return-path");
	}

	@Test
	@DisplayName("D3: a changed header breaks the signature, whichever it is")
	void aChangedHeaderBreaksTheSignature() {
		String signed = text(sign(MESSAGE));
		for (String name : Set.copyOf(names(MESSAGE))) {
			String changed = signed.replaceFirst("(?mi)^(" + name + ": ?)(.)", "$1x$2");
			if (name.equals("cc")) {
				continue;
			}
			assertThat(changed).as(name).isNotEqualTo(signed);
			assertThat(verifies(changed)).as(name).isFalse();
		}
	}

	@Test
	@DisplayName("D4: a header added above or below, or a second one, breaks the signature")
	void anAddedHeaderBreaksTheSignature() {
		String signed = text(sign(MESSAGE));
		for (String name : List.of("From", "To", "Subject", "Date", "Reply-To", "Cc", "List-Unsubscribe",
				"List-Unsubscribe-Post", "Content-Type", "MIME-Version")) {
			String added = name + ": <https://elsewhere.example/added@elsewhere.example>\r\n";
			assertThat(verifies(added + signed)).as(name + " on top").isFalse();
			assertThat(verifies(signed.replaceFirst("\r\n\r\n", "\r\n" + added + "\r\n"))).as(name + " at the end")
				.isFalse();
		}
		String confirmation = MESSAGE.replaceAll("(?m)^List-.*\r\n", "");
		String withoutList = text(sign(confirmation));
		assertThat(verifies(withoutList)).isTrue();
		assertThat(verifies("List-Unsubscribe: <https://elsewhere.example>\r\n" + withoutList)).isFalse();
		assertThat(verifies("Received: from elsewhere\r\nReturn-Path: <b@news.example>\r\n" + signed))
			.as("what relays add")
			.isTrue();
	}

	@Test
	void aChangedByteOfTheBodyBreaksTheSignature() {
		String signed = text(sign(MESSAGE));
		assertThat(verifies(signed.replace("opened", "Opened"))).isFalse();
		assertThat(verifies(signed + "more\r\n")).isFalse();
	}

	@Test
	@DisplayName("D6: what relays may do to white space leaves the signature whole")
	void whiteSpaceMayChange() {
		String signed = text(sign(MESSAGE));
		assertThat(verifies(signed.replace("Harbour bridge\r\n  opens", "Harbour  bridge opens"))).isTrue();
		assertThat(verifies(signed.replace("A bridge  has", "A bridge has").replace("Courier  ", "Courier"))).isTrue();
		assertThat(verifies(signed + "\r\n\r\n")).isTrue();
		assertThat(verifies(signed.replace("\r\nSubject:", "\r\nSUBJECT:"))).isTrue();
	}

	@Test
	void bodiesOfAllShapesVerify() {
		String header = "From: a@news.example\r\nSubject: s\r\n\r\n";
		for (String body : List.of("", "\r\n", "\r\n\r\n", " \r\n", "x", "x\r\n", "x ", " x\r\n \r\n\t\r\n",
				"\r\n\r\nx\r\n", "x\r\n\r\n\r\ny\r\n")) {
			assertThat(verifies(text(sign(header + body)))).as(body.replace("\r\n", "|")).isTrue();
		}
		assertThat(new DkimVerifier(sign(header)).signatures().get(0)).as("RFC 6376 3.4.4: the hash of nothing")
			.containsEntry("bh", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
	}

	@Test
	void randomMessagesVerify() {
		Random random = new Random(20261123);
		for (int i = 0; i < 200; i++) {
			StringBuilder message = new StringBuilder("From: x@news.example\r\n");
			for (String name : List.of("Subject", "To", "X-Other", "Subject", "List-Id", "received")) {
				if (random.nextBoolean()) {
					message.append(name).append(':').append(noise(random, "ab \t", "\r\n ")).append("z\r\n");
				}
			}
			message.append("\r\n").append(noise(random, "ab= \t", "\r\n"));
			assertThat(verifies(text(sign(message.toString())))).as(message.toString()).isTrue();
		}
	}

	@Test
	@DisplayName("D8: the signature is folded, no line longer than 78")
	void theSignatureIsFolded() {
		MessageSigner both = signer(rsa("a-selector-of-some-length"), ed25519("e1"));
		String signed = text(both.sign(bytes(MESSAGE)));
		String signatures = signed.substring(0, signed.indexOf("To: "));
		assertThat(signatures.split("\r\n")).hasSizeGreaterThan(20).allSatisfy((line) -> {
			assertThat(line).hasSizeLessThanOrEqualTo(78);
			assertThat(line).matches("DKIM-Signature: .*| \\S.*");
		});
		assertThat(signed.replace("\r\n", "")).doesNotContain("\r", "\n");
		assertThat(signed).endsWith(MESSAGE);
	}

	@Test
	@DisplayName("D9: RSA and Ed25519 sign side by side, RSA first")
	void ed25519IsASecondSignature() {
		DkimVerifier receiver = new DkimVerifier(signer(ed25519("e1"), rsa("r1")).sign(bytes(MESSAGE)));
		assertThat(receiver.signatures()).extracting((tags) -> tags.get("a"))
			.containsExactly("rsa-sha256", "ed25519-sha256");
		assertThat(receiver.signatures()).extracting((tags) -> tags.get("s")).containsExactly("r1", "e1");
		assertThat(receiver.verify(0, RSA.getPublic())).isTrue();
		assertThat(receiver.verify(1, ED25519.getPublic())).isTrue();
	}

	@Test
	@DisplayName("D9: a new key takes over at its time, while the old one stays in the settings")
	void aNewKeyTakesOverAtItsTime() {
		KeyPair next = TestKeys.newRsa(2048);
		DkimKeys keys = new DkimKeys(
				List.of(rsa("old"), key("news.example", "new", Algorithm.RSA, next, NOW.plusSeconds(60))));
		DkimVerifier before = new DkimVerifier(signer(keys, NOW).sign(bytes(MESSAGE)));
		DkimVerifier after = new DkimVerifier(signer(keys, NOW.plusSeconds(60)).sign(bytes(MESSAGE)));
		assertThat(before.signatures()).extracting((tags) -> tags.get("s")).containsExactly("old");
		assertThat(before.verify(0, RSA.getPublic())).isTrue();
		assertThat(after.signatures()).extracting((tags) -> tags.get("s")).containsExactly("new");
		assertThat(after.verify(0, next.getPublic())).isTrue();
	}

	@Test
	@DisplayName("D2: the signing domain is that of From, or the one above it, and never another")
	void theDomainIsThatOfFrom() {
		MessageSigner two = signer(rsa("s1"), key("news.example", "all", Algorithm.RSA, RSA, Instant.MIN),
				key("mail.news.example", "mail", Algorithm.RSA, RSA, Instant.MIN));
		assertThat(domainOf(two, "a@news.example")).isEqualTo("news.example");
		assertThat(domainOf(two, "\"b@mail.news.example\" <a@Letters.News.Example>")).isEqualTo("news.example");
		assertThat(domainOf(two, "A <a@mail.news.example>")).isEqualTo("mail.news.example");
		assertThat(two.signs("letters.news.example")).isTrue();
		for (String stranger : List.of("a@example", "a@fakenews.example", "a@news.example.org", "a")) {
			byte[] message = bytes("From: " + stranger + "\r\n\r\nx\r\n");
			assertThat(two.sign(message)).as(stranger).isSameAs(message);
			assertThat(two.signs(stranger.substring(stranger.indexOf('@') + 1))).isFalse();
		}
	}

	@Test
	void manyThreadsSignWithOneSigner() {
		List<CompletableFuture<Boolean>> signed = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			String message = MESSAGE.replace("<1@", "<" + i + "@") + "x".repeat(i * 997);
			signed.add(TestThreads.start(() -> verifies(text(sign(message)))));
		}
		assertThat(signed).allSatisfy((one) -> assertThat(one.join()).isTrue());
	}

	@Test
	void providersInNativeCodeMakeTheSameSignatures() {
		byte[] expected = sign(MESSAGE);
		RsaProviders.available()
			.forEach((provider) -> assertThat(
					new DkimSigner(new DkimKeys(List.of(rsa("s1"))), provider, Clock.fixed(NOW, ZoneOffset.UTC))
						.sign(bytes(MESSAGE)))
				.as(provider.getName())
				.isEqualTo(expected));
		// Each is made anew when asked for.
		assertThat(RsaProviders.available()).extracting(Provider::getName)
			.contains(RsaProviders.fastest(List.of(rsa("s1"))).getName());
		if (System.getProperty("os.name").equals("Linux") && System.getProperty("os.arch").equals("amd64")) {
			assertThat(RsaProviders.available()).extracting(Provider::getName).contains("Conscrypt");
			assertThat(Security.getProvider("Conscrypt")).as("nothing else of the JVM uses it").isNull();
		}
	}

	private byte[] sign(String message) {
		return this.signer.sign(bytes(message));
	}

	private static boolean verifies(String signed) {
		return new DkimVerifier(bytes(signed)).verify(0, RSA.getPublic());
	}

	private List<String> names(String message) {
		return DkimVerifier.names(new DkimVerifier(sign(message)).signatures().get(0));
	}

	private static String domainOf(MessageSigner signer, String from) {
		DkimVerifier receiver = new DkimVerifier(signer.sign(bytes("From: " + from + "\r\n\r\nx\r\n")));
		assertThat(receiver.verify(0, RSA.getPublic())).isTrue();
		return receiver.signatures().get(0).get("d");
	}

	private static String noise(Random random, String letters, String lineEnd) {
		StringBuilder noise = new StringBuilder();
		for (int i = random.nextInt(60); i > 0; i--) {
			noise.append((random.nextInt(6) == 0) ? lineEnd : letters.charAt(random.nextInt(letters.length())));
		}
		return noise.toString();
	}

	private static DkimKey rsa(String selector) {
		return key("news.example", selector, Algorithm.RSA, RSA, Instant.MIN);
	}

	private static DkimKey ed25519(String selector) {
		return key("news.example", selector, Algorithm.ED25519, ED25519, Instant.MIN);
	}

	private static DkimKey key(String domain, String selector, Algorithm algorithm, KeyPair pair, Instant from) {
		return new DkimKey(domain, selector, algorithm, pair.getPrivate(), from);
	}

	private static MessageSigner signer(DkimKey... keys) {
		return signer(new DkimKeys(List.of(keys)), NOW);
	}

	private static MessageSigner signer(DkimKeys keys, Instant now) {
		return new DkimSigner(keys, RsaProviders.available().get(0), Clock.fixed(now, ZoneOffset.UTC));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}

}
