package dev.postrider.subscription.web;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.postrider.mail.TokenSigner;
import dev.postrider.subscription.web.ProofOfWork.Challenge;
import dev.postrider.subscription.web.ProofOfWork.Solution;
import dev.postrider.testing.TestClock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@DisplayName("S3: proof of work")
class ProofOfWorkTests {

	private static final String SECRET = "a-secret-of-this-test-alone-0123456789";

	private final TestClock clock = new TestClock();

	private final Set<Long> spent = new HashSet<>();

	private final ProofOfWork proof = proof(SignUpSettings.Use.ALWAYS, SECRET);

	@Test
	void takesTheSolutionOnce() {
		Solution solution = solve(challenge());
		assertThat(this.proof.accepts(solution)).isTrue();
		assertThat(this.proof.accepts(solution)).isFalse();
	}

	@Test
	void takesAllSolutionsOfSeveralAtOnce() {
		List<Solution> solutions = List.of(solve(challenge()), solve(challenge()), solve(challenge()));
		assertThat(solutions).allMatch(this.proof::accepts);
	}

	@Test
	void refusesWhatIsNotSolved() {
		Challenge challenge = challenge();
		int number = Integer.parseInt(solve(challenge).number());
		assertThat(this.proof.accepts(Solution.NONE)).isFalse();
		assertThat(this.proof.accepts(new Solution(challenge.token(), ""))).isFalse();
		assertThat(this.proof.accepts(new Solution(challenge.token(), "x"))).isFalse();
		assertThat(this.proof.accepts(new Solution(challenge.token(), "0" + number))).isFalse();
		assertThat(this.proof.accepts(new Solution(challenge.token(), String.valueOf(number + 1)))).isFalse();
		assertThat(this.proof.accepts(new Solution(challenge().token(), String.valueOf(number)))).isFalse();
		// A wrong try spends nothing.
		assertThat(this.proof.accepts(new Solution(challenge.token(), String.valueOf(number)))).isTrue();
	}

	@Test
	void refusesTokensThatAreNotOurs() {
		Challenge challenge = challenge();
		Solution solution = solve(challenge);
		for (int i = 0; i < challenge.token().length(); i++) {
			StringBuilder changed = new StringBuilder(challenge.token());
			changed.setCharAt(i, (changed.charAt(i) == 'A') ? 'B' : 'A');
			assertThat(this.proof.accepts(new Solution(changed.toString(), solution.number()))).isFalse();
		}
		Challenge foreign = proof(SignUpSettings.Use.ALWAYS, "another-secret-of-this-test-0123456789").wanted()
			.orElseThrow();
		assertThat(this.proof.accepts(solve(foreign))).isFalse();
	}

	@Test
	void holdsForHalfAnHour() {
		Solution early = solve(challenge());
		Solution late = solve(challenge());
		this.clock.advance(Duration.ofMinutes(29));
		assertThat(this.proof.accepts(early)).isTrue();
		this.clock.advance(Duration.ofMinutes(2));
		assertThat(this.proof.accepts(late)).isFalse();
	}

	@Test
	void isAskedForBySettingOrSurge() {
		assertThat(proof(SignUpSettings.Use.NEVER, SECRET).wanted()).isEmpty();
		SignUpSettings settings = SignUpSurgeTests.settings(SignUpSettings.Use.AUTO);
		SignUpSurge surge = new SignUpSurge(settings, this.clock);
		ProofOfWork auto = new ProofOfWork(TokenSigner.of(SECRET, List.of()), surge, settings, this::spend, this.clock);
		assertThat(auto.wanted()).isEmpty();
		for (int i = 0; i < 11; i++) {
			surge.count();
		}
		assertThat(auto.wanted()).isPresent();
	}

	@Test
	void everyNumberMayBeTheOne() {
		// With 500 to guess from, 200 draws meet more than 120 of them, unless they are
		// drawn ill.
		assertThat(java.util.stream.IntStream.range(0, 200).mapToObj((i) -> solve(challenge()).number()).distinct())
			.hasSizeGreaterThan(120);
	}

	private boolean spend(long nonce, Instant until) {
		assertThat(until).isAfterOrEqualTo(this.clock.instant());
		return this.spent.add(nonce);
	}

	private Challenge challenge() {
		return this.proof.wanted().orElseThrow();
	}

	/** As a browser does it. */
	static Solution solve(Challenge challenge) {
		for (int number = 0; number < challenge.guesses(); number++) {
			if (ProofOfWork.digest(challenge.token(), number).equals(challenge.digest())) {
				return new Solution(challenge.token(), String.valueOf(number));
			}
		}
		throw new AssertionError("No number has the digest");
	}

	private ProofOfWork proof(SignUpSettings.Use use, String secret) {
		SignUpSettings settings = SignUpSurgeTests.settings(use);
		return new ProofOfWork(TokenSigner.of(secret, List.of()), new SignUpSurge(settings, this.clock), settings,
				this::spend, this.clock);
	}

}
