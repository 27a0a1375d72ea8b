package dev.postrider.staff.web;

import java.time.Duration;
import java.util.UUID;

import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestStaff;
import dev.postrider.testing.TestStaff.Member;
import dev.postrider.testing.TestStaff.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@PostriderTest
class LoginLimitTests {

	private static final String WRONG = "That address and password do not go together";

	@LocalServerPort
	private int port;

	@Autowired
	private TestStaff staff;

	@Autowired
	private TestClock clock;

	@Autowired
	private LoginAttempts attempts;

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void refusesTheRightPasswordAfterTenWrongOnes() {
		Member member = this.staff.editor();
		Session session = this.staff.anonymous(this.port);
		for (int i = 0; i < 10; i++) {
			var answer = session.post("/login", "/login", "email", member.email(), "password", "wrong " + i);
			assertThat(answer.statusCode()).as("attempt " + i).isEqualTo(401);
			assertThat(answer.body()).contains(WRONG).contains("value=\"" + member.email() + "\"");
		}
		var refused = session.post("/login", "/login", "email", member.email(), "password", member.password());
		assertThat(refused.statusCode()).isEqualTo(429);
		assertThat(refused.headers().firstValue("Retry-After")).hasValue("120");
		assertThat(refused.body()).contains("Wait 2 minutes and try again");
		this.clock.advance(Duration.ofMinutes(2));
		var taken = session.post("/login", "/login", "email", member.email(), "password", member.password());
		assertThat(taken.statusCode()).isEqualTo(302);
	}

	@Test
	void answersUnknownAndDisabledAccountsLikeWrongPasswords() {
		Session session = this.staff.anonymous(this.port);
		String unknown = "nobody-" + UUID.randomUUID() + "@news.example";
		var answer = session.post("/login", "/login", "email", unknown, "password", "a long password");
		assertThat(answer.statusCode()).isEqualTo(401);
		assertThat(answer.body()).contains(WRONG);
	}

	@Test
	void countsAWholeIpv6NetworkAsOne() {
		for (int i = 0; i < 50; i++) {
			assertThat(this.attempts.begin("a" + i + "@news.example", "2001:db8:1:1::" + Integer.toHexString(i)))
				.isZero();
		}
		assertThat(this.attempts.begin("b@news.example", "2001:db8:1:1::ffff")).isPositive();
		assertThat(this.attempts.begin("b@news.example", "2001:db8:1:2::1")).isZero();
	}

	@Test
	void forgetsAttemptsThatTurnedOutRight() {
		for (int i = 0; i < 200; i++) {
			assertThat(this.attempts.begin("c@news.example", "192.0.2.77")).isZero();
			this.attempts.succeeded("c@news.example", "192.0.2.77");
		}
	}

}
