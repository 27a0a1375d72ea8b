package dev.postrider.subscription.list;

import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

import dev.postrider.mail.PublicUrl;
import dev.postrider.mail.TokenSigner;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Properties of the tokens in readers' links, each on many random ones. A failure names
 * the numbers it was about.
 */
class ReaderTokensTests {

	private static final int TRIES = 100;

	private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

	private static final String SECRET = "a-secret-of-thirty-two-characters";

	private static final PublicUrl URL = new PublicUrl(URI.create("https://news.example"));

	private final ReaderTokens tokens = tokens(SECRET);

	private final Random random = new Random(20261123);

	/** By page, how its token is read; present when the token is taken. */
	private final Map<String, Function<String, Optional<?>>> readers = readers(this.tokens);

	@Test
	@DisplayName("S4 L8: a token with any bit flipped is refused, by every page")
	void anyFlippedBitIsRefused() {
		for (int i = 0; i < TRIES / 5; i++) {
			for (String token : some().values()) {
				for (int at = 0; at < token.length(); at++) {
					for (int bit = 0; bit < 6; bit++) {
						char other = DIGITS.charAt(DIGITS.indexOf(token.charAt(at)) ^ 1 << bit);
						refused(token.substring(0, at) + other + token.substring(at + 1));
					}
				}
			}
		}
	}

	@Test
	@DisplayName("a token cut off, lengthened, or glued to another is refused")
	void piecesAreRefused() {
		for (int i = 0; i < TRIES; i++) {
			List<String> made = List.copyOf(some().values());
			String token = made.get(this.random.nextInt(made.size()));
			int cut = this.random.nextInt(token.length());
			for (String wrong : List.of(token.substring(0, cut), token.substring(cut + 1), token + "A",
					token + made.get(0), "A" + token, token + "=", token.toLowerCase(), token.toUpperCase())) {
				refused(wrong);
			}
		}
	}

	@Test
	@DisplayName("a token is good for its own page only")
	void purposesAreKeptApart() {
		for (int i = 0; i < TRIES; i++) {
			some().forEach((page, token) -> this.readers
				.forEach((other, reader) -> assertThat(reader.apply(token)).as("token of " + page + " at " + other)
					.matches((found) -> found.isPresent() == page.equals(other))));
		}
	}

	@Test
	@DisplayName("a token speaks for its own subscriber and newsletter, and nobody can make another's of it")
	void subscribersAreKeptApart() {
		for (int i = 0; i < TRIES; i++) {
			long subscriber = id();
			long newsletter = id();
			Instant issuedAt = Instant.ofEpochMilli(Math.abs(this.random.nextLong() >>> 20));
			assertThat(this.tokens.readUnsubscribe(token(this.tokens.unsubscribe(subscriber, newsletter))))
				.hasValue(new ReaderTokens.UnsubscribeToken(subscriber, newsletter));
			int moves = moves();
			assertThat(this.tokens.readConfirm(token(this.tokens.confirm(subscriber, moves, newsletter, issuedAt))))
				.hasValue(new ReaderTokens.ConfirmToken(subscriber, moves, newsletter, issuedAt));
			assertThat(this.tokens.readPreferences(token(this.tokens.preferences(subscriber, moves))))
				.hasValue(new ReaderTokens.PreferencesToken(subscriber, moves));
			assertThat(this.tokens.readAddress(token(this.tokens.address(subscriber)))).hasValue(subscriber);
			// The numbers stand open in the token: put another's in, keep the signature.
			byte[] bytes = Base64.getUrlDecoder().decode(token(this.tokens.preferences(subscriber, moves)));
			byte[] theirs = Base64.getUrlDecoder().decode(token(this.tokens.preferences(id(), moves)));
			System.arraycopy(theirs, 1, bytes, 1, Long.BYTES);
			refused(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
		}
	}

	@Test
	@DisplayName("old links live on when the secret changes, twice over, and die when it is forgotten")
	void oldLinksOutliveASecret() {
		String newer = "another-secret-of-32-characters-x";
		String newest = "a-third-secret-of-32-characters-xx";
		ReaderTokens rotated = tokens(newest, newer, SECRET);
		ReaderTokens forgetful = tokens(newest, newer);
		for (int i = 0; i < TRIES; i++) {
			some().forEach((page, token) -> {
				assertThat(readers(rotated).get(page).apply(token)).as(page).isPresent();
				assertThat(readers(forgetful).get(page).apply(token)).as(page).isEmpty();
			});
			long subscriber = id();
			String old = this.tokens.preferences(subscriber, 0);
			assertThat(rotated.readPreferences(token(old))).hasValue(new ReaderTokens.PreferencesToken(subscriber, 0));
			assertThat(rotated.preferences(subscriber, 0)).isNotEqualTo(old);
		}
	}

	@Test
	@DisplayName("links from before anybody could move live on: a reader who never did has the same ones")
	void noMoveIsNoNumber() {
		TokenSigner signer = TokenSigner.of(SECRET, List.of());
		long subscriber = id();
		assertThat(token(this.tokens.preferences(subscriber, 0))).isEqualTo(signer.sign("preferences", subscriber));
		assertThat(token(this.tokens.confirm(subscriber, 0, 7, Instant.ofEpochMilli(5))))
			.isEqualTo(signer.sign("confirm", subscriber, 7, 5));
	}

	@Test
	@DisplayName("S4: at least 128 bits of a token cannot be guessed")
	void tokensAreLongEnough() {
		some(3).forEach((page, token) -> {
			int numbers = Map.of("confirm", 4, "unsubscribe", 2, "preferences", 2, "address", 1).getOrDefault(page, 0);
			int bytes = Base64.getUrlDecoder().decode(token).length;
			assertThat(8 * (bytes - 1 - numbers * Long.BYTES)).as(page).isGreaterThanOrEqualTo(128);
		});
	}

	/** One token for each page, of random subscribers. */
	private Map<String, String> some() {
		return some(moves());
	}

	private Map<String, String> some(int moves) {
		return Map.of("confirm",
				token(this.tokens.confirm(id(), moves, id(), Instant.ofEpochMilli(this.random.nextInt() & 0xFFFFFFFL))),
				"unsubscribe", token(this.tokens.unsubscribe(id(), id())), "preferences",
				token(this.tokens.preferences(id(), moves)), "address", token(this.tokens.address(id())));
	}

	/** Most never move. */
	private int moves() {
		return this.random.nextBoolean() ? 0 : 1 + this.random.nextInt(65535);
	}

	private void refused(String token) {
		this.readers.forEach((page, reader) -> assertThat(reader.apply(token)).as(token + " at " + page).isEmpty());
	}

	private long id() {
		return this.random.nextBoolean() ? this.random.nextInt(1000) : this.random.nextLong();
	}

	private static Map<String, Function<String, Optional<?>>> readers(ReaderTokens tokens) {
		return Map.of("confirm", tokens::readConfirm, "unsubscribe", tokens::readUnsubscribe, "preferences",
				tokens::readPreferences, "address", tokens::readAddress);
	}

	private static String token(String link) {
		return link.substring(link.lastIndexOf('/') + 1);
	}

	private static ReaderTokens tokens(String secret, String... former) {
		return new ReaderTokens(TokenSigner.of(secret, List.of(former)), URL);
	}

}
