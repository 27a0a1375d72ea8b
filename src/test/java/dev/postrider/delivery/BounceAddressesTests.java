package dev.postrider.delivery;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import dev.postrider.delivery.BounceAddresses.Bounced;
import dev.postrider.mail.TokenSigner;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BounceAddressesTests {

	private static final LocalDate DATE = LocalDate.of(2026, 11, 23);

	private final Random random = new Random(20261123);

	private final BounceAddresses addresses = new BounceAddresses(signer("now"));

	@Test
	@DisplayName("E1 E2: each delivery has an envelope sender of its own, short, and telling nothing")
	void eachHasItsOwn() {
		Set<String> all = new HashSet<>();
		for (long edition = 1; edition <= 20; edition++) {
			for (long subscriber = 1; subscriber <= 500; subscriber++) {
				String localPart = this.addresses.localPart(edition, subscriber, DATE);
				assertThat(localPart).matches("b\\+[a-z2-7]{42}").hasSizeLessThanOrEqualTo(64);
				assertThat(all.add(localPart)).isTrue();
				assertThat(this.addresses.read(localPart, DATE)).hasValue(new Bounced(edition, subscriber));
			}
		}
		// Neighbours look nothing alike: no number can be read from them.
		String one = this.addresses.localPart(7, 1000, DATE);
		String next = this.addresses.localPart(7, 1001, DATE);
		int alike = 0;
		for (int i = 2; i < one.length(); i++) {
			alike += (one.charAt(i) == next.charAt(i)) ? 1 : 0;
		}
		assertThat(alike).isLessThan(12);
		assertThat(this.addresses.localPart(7, 1000, DATE)).isEqualTo(one);
	}

	@Test
	void theGreatestKeysFitAndRelaysMayChangeTheCase() {
		long greatest = (1L << 48) - 1;
		String localPart = this.addresses.localPart(greatest, greatest, DATE);
		assertThat(this.addresses.read(localPart.toUpperCase(), DATE)).hasValue(new Bounced(greatest, greatest));
	}

	@Test
	@DisplayName("E3: a forged, changed or old address is nobody's")
	void forgedAddressesAreNobodys() {
		String genuine = this.addresses.localPart(3, 42, DATE);
		for (int i = 0; i < 20_000; i++) {
			char[] changed = genuine.toCharArray();
			int at = this.random.nextInt(changed.length);
			char other = "abcdefghijklmnopqrstuvwxyz234567+-_.=0189".charAt(this.random.nextInt(41));
			if (changed[at] != other) {
				changed[at] = other;
				assertThat(this.addresses.read(new String(changed), DATE)).as(new String(changed)).isEmpty();
			}
		}
		String another = this.addresses.localPart(3, 43, DATE);
		for (int cut = 3; cut < genuine.length(); cut++) {
			assertThat(this.addresses.read(genuine.substring(0, cut) + another.substring(cut), DATE)
				.filter((found) -> !Set.of(42L, 43L).contains(found.subscriberId()))).isEmpty();
			assertThat(this.addresses.read(genuine.substring(0, cut), DATE)).isEmpty();
		}
		for (String rubbish : List.of("", "b+", "b+1-2-abc", "postmaster", genuine + "a", "c" + genuine.substring(1),
				"b+" + "a".repeat(42), "b+" + "\u0000".repeat(42), "b+" + "ſ".repeat(42))) {
			assertThat(this.addresses.read(rubbish, DATE)).as(rubbish).isEmpty();
		}
		assertThat(new BounceAddresses(signer("other")).read(genuine, DATE)).isEmpty();
		assertThat(this.addresses.read(genuine, DATE.plusDays(60))).isPresent();
		assertThat(this.addresses.read(genuine, DATE.plusDays(61))).isEmpty();
	}

	@Test
	void bouncesOfMailsFromBeforeTheSecretWasChangedAreStillRead() {
		String old = this.addresses.localPart(3, 42, DATE);
		assertThat(new BounceAddresses(signer("new", "now")).read(old, DATE)).hasValue(new Bounced(3, 42));
	}

	/** The application's own signer; the first secret is the present one. */
	private static TokenSigner signer(String... secrets) {
		List<String> whole = Arrays.stream(secrets).map((secret) -> secret.repeat(32)).toList();
		return TokenSigner.of(whole.get(0), whole.subList(1, whole.size()));
	}

}
