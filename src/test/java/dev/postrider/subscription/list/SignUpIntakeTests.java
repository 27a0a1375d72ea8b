package dev.postrider.subscription.list;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.ConsentWording;
import dev.postrider.subscription.list.SignUps.SignUpOrder;
import dev.postrider.testing.PostriderTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@PostriderTest
class SignUpIntakeTests {

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private JsonMapper json;

	@Autowired
	private TransactionTemplate transaction;

	@Autowired
	private SignUps signUps;

	@Autowired
	private SubscriptionSettings settings;

	@Autowired
	private Clock clock;

	@Test
	void anErrorEndsOneLookAndNotAllOfThem() throws Exception {
		AtomicInteger looks = new AtomicInteger();
		SignUpIntake intake = intake(new SignUpQueue(this.jdbc, this.newsletters, this.json) {
			@Override
			List<Row> take(Instant now, int most) {
				throw new StackOverflowError("of a test");
			}

			@Override
			List<Long> due(Instant now, int most) {
				looks.incrementAndGet();
				throw new StackOverflowError("of a test");
			}
		});
		intake.submit(order());
		Awaitility.await().until(() -> looks.get() == 1);
		Awaitility.await().until(() -> {
			intake.workOff();
			return looks.get() > 1;
		});
		intake.stop();
	}

	@Test
	void worksOffNothingMoreOnceItIsStopped() throws Exception {
		AtomicInteger looks = new AtomicInteger();
		SignUpIntake intake = intake(new SignUpQueue(this.jdbc, this.newsletters, this.json) {
			@Override
			List<Row> take(Instant now, int most) {
				looks.incrementAndGet();
				return super.take(now, most);
			}
		});
		intake.workOff();
		Awaitility.await().until(() -> looks.get() > 0);
		intake.stop();
		int before = looks.get();
		intake.workOff();
		Awaitility.await().during(Duration.ofMillis(200)).until(() -> looks.get() == before);
	}

	private SignUpIntake intake(SignUpQueue queue) {
		return new SignUpIntake(queue, this.transaction, this.signUps, this.settings, this.clock);
	}

	private SignUpOrder order() throws RefusedAddressException {
		var newsletter = this.newsletters.find("highlights").orElseThrow();
		return new SignUpOrder(newsletter, AddressGate.admit("intake-" + System.nanoTime() + "@readers.example"), null,
				new Choice(Set.of(), List.of()), new ConsentWording("1", "Yes"), Evidence.none(Evidence.Channel.FORM),
				this.clock.instant());
	}

}
