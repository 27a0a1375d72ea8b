package dev.postrider.mail.relay;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import dev.postrider.mail.RelayRecovered;
import dev.postrider.mail.RelayStatus.State;
import dev.postrider.mail.RelayUnreachable;
import dev.postrider.mail.SmtpReply;
import dev.postrider.mail.SmtpReply.Stage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a relay that fails is left alone, and when it is tried again.
 */
class BreakerTests {

	private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(2).toNanos());

	private final List<Object> events = new ArrayList<>();

	private final Breaker breaker = new Breaker("relay", Clock.systemUTC(), this.events::add, this.time::get);

	@Test
	void oneAtATimeTriesItAfterEachPauseAndThePausesGrowToHalfAMinute() {
		assertThat(this.breaker.known().state()).isEqualTo(State.UNTRIED);
		fail();
		long pause = 500;
		for (int failure = 1; failure <= 10; failure++) {
			pass(pause - 1);
			assertThat(this.breaker.permits()).as("before pause %s ends", failure).isFalse();
			// A fifth is jitter.
			pass(pause / 5 + 1);
			assertThat(this.breaker.permits()).as("after pause %s", failure).isTrue();
			assertThat(this.breaker.permits()).as("only one").isFalse();
			fail();
			pause = Math.min(pause * 2, 30_000);
		}
		assertThat(this.events).as("told once").containsExactly(new RelayUnreachable("relay", "Connection refused"));
		pass(36_000);
		assertThat(this.breaker.permits()).isTrue();
		this.breaker.answered();
		assertThat(this.breaker.permits()).isTrue();
		assertThat(this.breaker.permits()).as("all again").isTrue();
		assertThat(this.events).hasSize(2).endsWith(new RelayRecovered("relay"));
		fail();
		pass(600);
		assertThat(this.breaker.permits()).as("the pauses begin anew").isTrue();
	}

	@Test
	void whoHangsWhileTryingDoesNotKeepOthersFromIt() {
		fail();
		pass(600);
		assertThat(this.breaker.permits()).isTrue();
		pass(59_000);
		assertThat(this.breaker.permits()).isFalse();
		pass(1_000);
		assertThat(this.breaker.permits()).isTrue();
	}

	@Test
	void whoDidNotTryAfterAllLeavesItToAnother() {
		fail();
		pass(600);
		assertThat(this.breaker.permits()).isTrue();
		this.breaker.notTried();
		assertThat(this.breaker.permits()).isTrue();
	}

	@Test
	void oneConnectionTooManyIsNoFailureOfTheRelay() {
		long begun = this.time.get();
		pass(10);
		this.breaker.answered();
		this.breaker.failed(SmtpReply.of(Stage.MAIL, "421 Too many connections"), begun);
		assertThat(this.breaker.known().state()).isEqualTo(State.ANSWERS);
		assertThat(this.events).isEmpty();
	}

	@Test
	void manyThatFailTogetherCountOnce() {
		long begun = this.time.get();
		pass(10);
		for (int lane = 0; lane < 8; lane++) {
			this.breaker.failed(SmtpReply.of(Stage.CONNECT, "Connection refused"), begun);
			pass(1);
		}
		pass(600);
		assertThat(this.breaker.permits()).as("after the first, short pause").isTrue();
	}

	@Test
	void aLoginIsNoAnswerAboutMail() {
		this.breaker.failed(SmtpReply.of(Stage.MAIL, "452 4.3.1 Daily quota exceeded"), this.time.get());
		pass(600);
		assertThat(this.breaker.permits()).isTrue();
		this.breaker.loggedIn();
		assertThat(this.breaker.known().state()).as("it refuses mail still").isEqualTo(State.DOWN);
		assertThat(this.breaker.permits()).as("a message may try").isTrue();
		this.breaker.answered();
		assertThat(this.breaker.known().state()).isEqualTo(State.ANSWERS);
		assertThat(this.events).hasSize(2);
	}

	@Test
	void aLoginIsBelievedOnceNoMessageHasFailedForLong() {
		this.breaker.failed(SmtpReply.of(Stage.MAIL, "452 4.3.1 Daily quota exceeded"), this.time.get());
		pass(599_000);
		this.breaker.loggedIn();
		assertThat(this.breaker.known().state()).isEqualTo(State.DOWN);
		pass(1_000);
		this.breaker.loggedIn();
		assertThat(this.breaker.known().state()).as("or it would be down for ever, with nothing to send to it")
			.isEqualTo(State.ANSWERS);
	}

	@Test
	void saysWhetherItIsTheRelaysTrouble() {
		long begun = this.time.get();
		pass(10);
		this.breaker.answered();
		SmtpReply silent = SmtpReply.of(Stage.RCPT, "No reply");
		assertThat(this.breaker.failed(silent, begun)).as("it answered others since").isFalse();
		assertThat(this.breaker.failed(silent, this.time.get())).isTrue();
		assertThat(this.breaker.failed(silent, begun)).as("it fails with others too").isTrue();
	}

	@Test
	void whoLetsUsInAgainIsUpButIsLeftAloneForLongerIfItFailsOnceMore() {
		fail();
		pass(600);
		fail();
		this.breaker.loggedIn();
		assertThat(this.breaker.known().state()).isEqualTo(State.ANSWERS);
		assertThat(this.events).last().isEqualTo(new RelayRecovered("relay"));
		pass(1);
		fail();
		pass(1_999);
		assertThat(this.breaker.permits()).as("the third in a row").isFalse();
		pass(401);
		assertThat(this.breaker.permits()).isTrue();
		this.breaker.loggedIn();
		this.breaker.answered();
		pass(1);
		fail();
		pass(600);
		assertThat(this.breaker.permits()).as("after a message the pauses begin anew").isTrue();
	}

	@Test
	void noReaderIsNamedInTheReason() {
		this.breaker.failed(SmtpReply.of(Stage.RCPT, "451 4.3.0 <kim@readers.example> Temporary lookup failure"),
				this.time.get());
		String masked = "451 4.3.0 <k…@readers.example> Temporary lookup failure";
		assertThat(this.breaker.known().reason()).isEqualTo(masked);
		assertThat(this.events).containsExactly(new RelayUnreachable("relay", masked));
	}

	@Test
	void oneMessageThatItFailsWithIsNotItsTroubleUntilItFailsWithOthersToo() {
		for (int i = 0; i < 10; i++) {
			assertThat(failWith(1)).isFalse();
			pass(10);
		}
		assertThat(failWith(2)).isFalse();
		assertThat(this.breaker.known().state()).isEqualTo(State.ANSWERS);
		assertThat(this.events).isEmpty();
		pass(10);
		assertThat(failWith(3)).as("and none got through").isTrue();
		assertThat(this.breaker.known().state()).isEqualTo(State.DOWN);
		pass(600);
		assertThat(this.breaker.permits()).isTrue();
		this.breaker.tookMessage();
		assertThat(this.breaker.known().state()).isEqualTo(State.ANSWERS);
		pass(10);
		for (int known : new int[] { 1, 2, 3, 1, 2, 3 }) {
			assertThat(failWith(known)).as("others got through, message %s did not", known).isFalse();
		}
		assertThat(failWith(4)).isFalse();
		assertThat(failWith(5)).isFalse();
		this.breaker.tookMessage();
		pass(10);
		assertThat(failWith(6)).as("they begin anew").isFalse();
		assertThat(this.breaker.known().state()).isEqualTo(State.ANSWERS);
	}

	@Test
	void thatItCanBeReachedDoesNotMakeItTakeMessages() {
		failWith(1);
		failWith(2);
		pass(10);
		assertThat(failWith(3)).isTrue();
		this.breaker.answered();
		pass(10);
		assertThat(failWith(4)).isTrue();
		assertThat(this.breaker.known().state()).isEqualTo(State.DOWN);
	}

	private boolean failWith(int message) {
		return this.breaker.failedWith(message, SmtpReply.of(Stage.MAIL, "452 4.3.1 No room"), this.time.get());
	}

	private void fail() {
		this.breaker.failed(SmtpReply.of(Stage.CONNECT, "Connection refused"), this.time.get());
	}

	private void pass(long millis) {
		this.time.addAndGet(Duration.ofMillis(millis).toNanos());
	}

}
