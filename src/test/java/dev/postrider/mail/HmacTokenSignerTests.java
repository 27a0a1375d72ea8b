package dev.postrider.mail;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class HmacTokenSignerTests {

	private static final String SECRET = "0123456789abcdef0123456789abcdef";

	private final TokenSigner signer = new HmacTokenSigner(SECRET, List.of());

	@Test
	void aTokenGivesItsNumbersBack() {
		String token = this.signer.sign("unsubscribe", 42, -1, Long.MAX_VALUE);
		assertThat(this.signer.verify("unsubscribe", token)).hasValue(new long[] { 42, -1, Long.MAX_VALUE });
		assertThat(token).matches("[A-Za-z0-9_-]+");
	}

	@Test
	void anyChangedCharacterIsRefused() {
		String token = this.signer.sign("unsubscribe", 42, 7);
		Random random = new Random(1);
		for (int i = 0; i < token.length(); i++) {
			char other;
			do {
				other = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".charAt(random.nextInt(64));
			}
			while (other == token.charAt(i));
			assertThat(this.signer.verify("unsubscribe", token.substring(0, i) + other + token.substring(i + 1)))
				.isEmpty();
		}
	}

	@Test
	void aTokenIsBoundToItsPurpose() {
		assertThat(this.signer.verify("confirm", this.signer.sign("unsubscribe", 42))).isEmpty();
	}

	@Test
	void rubbishIsRefused() {
		for (String rubbish : List.of("", "=", "a", "../..", "A".repeat(10_000), "\u0000", "AAAAAAAAAAAAAAAAAAAAAAA")) {
			assertThat(this.signer.verify("confirm", rubbish)).isEmpty();
		}
	}

	@Test
	void oldLinksLiveOnWhenTheSecretChanges() {
		String old = this.signer.sign("unsubscribe", 42);
		TokenSigner rotated = new HmacTokenSigner("another-secret-another-secret-ok", List.of(SECRET));
		assertThat(rotated.verify("unsubscribe", old)).hasValue(new long[] { 42 });
		assertThat(rotated.sign("unsubscribe", 42)).isNotEqualTo(old);
		assertThat(new HmacTokenSigner("another-secret-another-secret-ok", List.of()).verify("unsubscribe", old))
			.isEmpty();
	}

	@Test
	void whatWasKeptUnderAFormerSecretIsStillFound() {
		byte[] kept = this.signer.digest("suppression", "reader@example.org");
		TokenSigner rotated = new HmacTokenSigner("another-secret-another-secret-ok", List.of(SECRET));
		assertThat(rotated.digests("suppression", "reader@example.org")).hasSize(2).contains(kept);
		assertThat(rotated.digest("suppression", "reader@example.org")).isNotEqualTo(kept);
	}

	@Test
	void aShortSecretIsRefused() {
		assertThatIllegalStateException().isThrownBy(() -> new HmacTokenSigner("short", List.of()))
			.withMessageContaining("postrider.secret");
	}

}
