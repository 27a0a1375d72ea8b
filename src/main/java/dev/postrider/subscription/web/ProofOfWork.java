package dev.postrider.subscription.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

import dev.postrider.mail.TokenSigner;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Makes a sign-up cost a second of work while programs send many: the browser looks for
 * the number that, written after the token, has the digest given. Token and number are
 * ours by HMAC, so nothing is stored until a solution comes; each is good once, and for a
 * while only.
 */
@Component
class ProofOfWork {

	private static final String TOKEN = "proof-of-work";

	private static final String NUMBER = "proof-of-work-number";

	/** Long enough to fill in a form that lay open. */
	private static final Duration HOLDS = Duration.ofMinutes(30);

	private final SecureRandom random = new SecureRandom();

	private final TokenSigner signer;

	private final SignUpSurge surge;

	private final SignUpSettings settings;

	private final Spent spent;

	private final Clock clock;

	ProofOfWork(TokenSigner signer, SignUpSurge surge, SignUpSettings settings, Spent spent, Clock clock) {
		this.signer = signer;
		this.surge = surge;
		this.settings = settings;
		this.spent = spent;
		this.clock = clock;
	}

	/** What a browser has to solve for a sign-up now, if anything. */
	Optional<Challenge> wanted() {
		return wanted(false);
	}

	/**
	 * The same for a sign-up that may have more against it than there being many.
	 * @param odd whether it has
	 */
	Optional<Challenge> wanted(boolean odd) {
		boolean wanted = switch (this.settings.proofOfWork()) {
			case ALWAYS -> true;
			case NEVER -> false;
			case AUTO -> odd || this.surge.since().isPresent();
		};
		return wanted ? Optional.of(challenge()) : Optional.empty();
	}

	private Challenge challenge() {
		long expires = this.clock.instant().plus(HOLDS).getEpochSecond();
		String token = this.signer.sign(TOKEN, expires, this.random.nextLong(), this.settings.guesses());
		return new Challenge(token, digest(token, number(token, this.settings.guesses())), this.settings.guesses());
	}

	/**
	 * Whether a solution is right, in time, and was not used before; it is from now on.
	 * @param solution what the form or the API handed in
	 */
	boolean accepts(Solution solution) {
		String token = solution.token();
		Optional<long[]> values = this.signer.verify(TOKEN, token).filter((read) -> read.length == 3);
		Instant expires = values.map((read) -> Instant.ofEpochSecond(read[0])).orElse(Instant.MIN);
		if (values.isEmpty() || expires.isBefore(this.clock.instant())) {
			return false;
		}
		boolean solved = Integer.toString(number(token, (int) values.get()[2])).equals(solution.number());
		return solved && this.spent.spend(values.get()[1], expires);
	}

	/** Known to us alone, the same each time. */
	private int number(String token, int most) {
		return (int) Math.floorMod(ByteBuffer.wrap(this.signer.digest(NUMBER, token)).getLong(), (long) most);
	}

	static String digest(String token, int number) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256")
					.digest((token + ":" + number).getBytes(StandardCharsets.US_ASCII)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/** Which solutions were handed in before. */
	interface Spent {

		/**
		 * Notes one that is good till then.
		 * @return whether it was new
		 */
		boolean spend(long nonce, Instant until);

	}

	/**
	 * What to solve: the number from 0 to {@code guesses} (without it), written after
	 * {@code token} and a colon, whose SHA-256 is {@code digest}.
	 *
	 * @param token comes back with the number
	 * @param digest in hexadecimal
	 * @param guesses how many there are to try
	 */
	public record Challenge(String token, String digest, int guesses) {
	}

	/**
	 * What came back.
	 *
	 * @param token the challenge's
	 * @param number in digits
	 */
	record Solution(String token, String number) {

		static final Solution NONE = new Solution("", "");

		static Solution of(@Nullable String token, @Nullable String number) {
			return new Solution((token != null) ? token : "", (number != null) ? number : "");
		}

	}

}
