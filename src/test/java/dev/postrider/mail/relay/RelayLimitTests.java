package dev.postrider.mail.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.postrider.mail.RelayConnection;
import dev.postrider.mail.RelayStatus.Limit;
import dev.postrider.mail.RelayStatus.Use;
import dev.postrider.mail.Relays;
import dev.postrider.mail.SendResult;
import dev.postrider.mail.SendResult.Accepted;
import dev.postrider.mail.SendResult.NotNow;
import dev.postrider.mail.SendResult.RelayFailed;
import dev.postrider.testing.TestRelay;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Limits of relays, kept in a real database: each {@code Relays} here is what a process
 * has of its own, or what it has after a restart.
 */
class RelayLimitTests {

	private final String name = "r-" + UUID.randomUUID();

	private final AtomicReference<Instant> databaseTime = new AtomicReference<>(Instant.parse("2027-01-31T10:20:30Z"));

	private final JdbcClient jdbc = JdbcClient.create(RelayStage.database());

	@Test
	void twoProcessesTogetherNeverExceedTheLimitOfAnHourNorDoesARestart() throws Exception {
		Relays one = relays("per-hour", "200");
		Relays other = relays("per-hour", "200");
		assertThat(sendAll(one, other)).as("four are left for single mails").isEqualTo(196);
		assertThat(sendAll(relays("per-hour", "200"))).as("after a restart").isZero();
		try (RelayConnection singles = relays("per-hour", "200").connectionForSingleMails()) {
			assertThat(sendUntilFull(singles)).isEqualTo(4);
			assertThat(RelayStage.send(singles, reader())).isInstanceOfSatisfying(NotNow.class, (full) -> {
				assertThat(full.pause()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(30));
				assertThat(full.reply())
					.isEqualTo("Relay " + this.name + ": its 200 messages of this hour are used up");
			});
		}
		assertThat(one.all().get(0).uses()).containsExactly(new Use(Limit.HOUR, 200, 200));
		this.databaseTime.set(Instant.parse("2027-01-31T11:00:00Z"));
		assertThat(sendAll(relays("per-hour", "200"))).as("the next hour").isEqualTo(196);
	}

	@Test
	void oneAllowanceKeepsThePursesApart() {
		RelayUse use = new RelayUse(this.jdbc,
				RelayConfiguration.ofItsOwn(new JdbcTransactionManager(RelayStage.database())), this.databaseTime::get);
		Allowance allowance = new Allowance(this.name, new Limits(0, 0, 1000, 0, null), use);
		int editions = 0;
		while (allowance.take(false).pause() == null) {
			editions++;
		}
		assertThat(editions).isEqualTo(980);
		assertThat(allowance.take(true).pause()).isNull();
		assertThat(allowance.take(false).pause()).as("the reserve is not for editions").isNotNull();
		assertThat(used()).as("one by one").isEqualTo(981);
		allowance.giveBackOne(true);
		assertThat(used()).isEqualTo(980);
	}

	@Test
	void aConnectionThatIsOfNoUseIsLeftToOthers() throws Exception {
		String[] limits = { "connections", "1", "per-hour", "2" };
		assertThat(sendAll(relays(limits))).isEqualTo(1);
		try (RelayConnection full = relays(limits).connection();
				RelayConnection single = relays(limits).connectionForSingleMails()) {
			assertThat(RelayStage.send(full, reader())).isInstanceOfSatisfying(NotNow.class,
					(refused) -> assertThat(refused.reply()).contains("2 messages of this hour"));
			assertThat(RelayStage.send(single, reader())).isInstanceOf(Accepted.class);
		}
	}

	@Test
	void aDayOutlastsItsHours() throws Exception {
		assertThat(sendAll(relays("per-hour", "50", "per-day", "80"))).isEqualTo(49);
		this.databaseTime.set(Instant.parse("2027-01-31T11:59:59Z"));
		assertThat(sendAll(relays("per-hour", "50", "per-day", "80"))).isEqualTo(80 - 1 - 49);
		this.databaseTime.set(Instant.parse("2027-01-31T23:10:00Z"));
		assertThat(sendAll(relays("per-hour", "50", "per-day", "80"))).isZero();
		this.databaseTime.set(Instant.parse("2027-02-01T00:00:00Z"));
		assertThat(sendAll(relays("per-hour", "50", "per-day", "80"))).isEqualTo(49);
	}

	@Test
	void aWarmUpLetsMoreGoEachDay() throws Exception {
		String[] warmUp = { "warm-up.from", "2027-01-31", "warm-up.first", "20", "warm-up.factor", "2", "per-day",
				"60" };
		List<Integer> sent = new ArrayList<>();
		for (int day = 0; day < 4; day++) {
			sent.add(sendAll(relays(warmUp)));
			assertThat(sendAll(relays(warmUp))).isZero();
			this.databaseTime.updateAndGet((now) -> now.plus(Duration.ofDays(1)));
		}
		assertThat(sent).containsExactly(19, 39, 59, 59);
	}

	@Test
	void aClockSetBackALittleForgetsNothing() throws Exception {
		this.databaseTime.set(Instant.parse("2027-01-31T11:00:00.010Z"));
		assertThat(sendAll(relays("per-hour", "50"))).isEqualTo(49);
		this.databaseTime.set(Instant.parse("2027-01-31T10:59:59.990Z"));
		assertThat(sendAll(relays("per-hour", "50"))).isZero();
	}

	@Test
	void whatIsNotUsedIsGivenBack() {
		Relays relays = relays("per-hour", "10000");
		try (RelayConnection connection = relays.connection()) {
			assertThat(RelayStage.send(connection, reader())).isInstanceOf(Accepted.class);
			assertThat(used()).as("a batch is taken").isGreaterThan(100);
		}
		assertThat(used()).isEqualTo(1);
		Relays nowhere = new RelayStage(List.of(RelayStage.local(1, "name", this.name, "per-hour", "10000")))
			.with(this.databaseTime::get)
			.relays();
		try (RelayConnection connection = nowhere.connection()) {
			assertThat(RelayStage.send(connection, reader())).isInstanceOf(RelayFailed.class);
		}
		assertThat(used()).as("what did not arrive does not count").isEqualTo(1);
	}

	@Test
	void whatOneRelayMayNotTakeTheNextOneDoes() {
		Relays relays = new RelayStage(
				List.of(RelayStage.local(TestRelay.get().port(), "name", this.name, "order", "1", "per-hour", "10"),
						RelayStage.local(TestRelay.get().port(), "name", "plenty", "order", "2")))
			.with(this.databaseTime::get)
			.relays();
		List<String> took = new ArrayList<>();
		try (RelayConnection connection = relays.connection()) {
			for (int i = 0; i < 12; i++) {
				took.add(connection.send("b@news.example", reader(), RelayStage.MESSAGE).relay());
			}
		}
		assertThat(took.subList(0, 9)).containsOnly(this.name);
		assertThat(took.subList(9, 12)).containsOnly("plenty");
	}

	@Test
	void oneWithWhomARelayFailsIsNotWaitedForThoughTheNextIsFull() throws Exception {
		assertThat(sendAll(relays("per-hour", "10"))).isEqualTo(9);
		Relays relays = new RelayStage(List.of(RelayStage.local(TestRelay.get().port(), "name", "plenty", "order", "1"),
				RelayStage.local(TestRelay.get().port(), "name", this.name, "order", "2", "per-hour", "10")))
			.with(this.databaseTime::get)
			.relays();
		try (RelayConnection connection = relays.connection()) {
			assertThat(RelayStage.send(connection, reader())).isInstanceOf(Accepted.class);
			assertThat(RelayStage.send(connection, "norelay" + reader())).isInstanceOfSatisfying(RelayFailed.class,
					(failed) -> assertThat(failed.ofThisMessage()).isTrue());
			assertThat(RelayStage.send(connection, reader())).isInstanceOf(Accepted.class);
		}
	}

	@Test
	void twoProcessesTogetherNeverExceedTheLimitOfASecond() throws Exception {
		// By the database's own clock. How slow this machine is can only make it fewer.
		List<Relays> processes = List.of(new RelayStage(List.of(relay("per-second", "40"))).relays(),
				new RelayStage(List.of(relay("per-second", "40"))).relays());
		long begun = System.nanoTime();
		AtomicInteger sent = new AtomicInteger();
		ExecutorService threads = Executors.newFixedThreadPool(8);
		List<Future<?>> lanes = new ArrayList<>();
		for (int lane = 0; lane < 8; lane++) {
			Relays relays = processes.get(lane % 2);
			lanes.add(threads.submit(() -> {
				try (RelayConnection connection = relays.connection()) {
					while (sent.get() < 60) {
						SendResult result = RelayStage.send(connection, reader());
						if (result instanceof Accepted) {
							sent.incrementAndGet();
						}
						else {
							assertThat(((NotNow) result).reply()).contains("40 messages a second");
						}
					}
				}
			}));
		}
		for (Future<?> lane : lanes) {
			lane.get();
		}
		threads.shutdown();
		double seconds = (System.nanoTime() - begun) / 1e9;
		// Each process may use a slot up to 50 ms late, so two slots more at most.
		assertThat(sent.get()).isLessThanOrEqualTo((int) Math.ceil(seconds * 40) + 3);
	}

	@Test
	void theDatabaseIsNotAskedForEachMessage() {
		AtomicInteger asked = new AtomicInteger();
		RelayUse use = new RelayUse(this.jdbc,
				RelayConfiguration.ofItsOwn(new JdbcTransactionManager(RelayStage.database())), () -> {
					asked.incrementAndGet();
					return this.databaseTime.get();
				});
		Allowance allowance = new Allowance(this.name, new Limits(0, 0, 0, 10_000_000, null), use);
		for (int i = 0; i < 5000; i++) {
			assertThat(allowance.take(false).pause()).isNull();
		}
		assertThat(asked).as("for 5,000 messages").hasValueLessThanOrEqualTo(11);
	}

	@Test
	void aFrozenProcessDoesNotMakeUpForMissedSlots() {
		RelayUse use = new RelayUse(this.jdbc,
				RelayConfiguration.ofItsOwn(new JdbcTransactionManager(RelayStage.database())),
				RelayUse.clockOf(this.jdbc));
		Allowance allowance = new Allowance(this.name, new Limits(0, 100, 0, 0, null), use);
		assertThat(allowance.take(false).pause()).isNull();
		long frozen = System.nanoTime();
		await().until(() -> System.nanoTime() - frozen > Duration.ofMillis(300).toNanos());
		long woken = System.nanoTime();
		long late = 0;
		for (int i = 0; i < 9; i++) {
			Allowance.Permit permit = allowance.take(false);
			assertThat(permit.pause()).isNull();
			late += (permit.at() - woken < 0) ? 1 : 0;
		}
		assertThat(late).as("slots of the time it was frozen").isLessThanOrEqualTo(5);
	}

	@Test
	void connectionsAreLimitedOverAllProcessesAndOneIsForSingleMails() {
		Relays one = relays("connections", "3");
		Relays other = relays("connections", "3");
		try (RelayConnection a = one.connection();
				RelayConnection b = other.connection();
				RelayConnection c = other.connection();
				RelayConnection single = one.connectionForSingleMails();
				RelayConnection another = other.connectionForSingleMails()) {
			assertThat(RelayStage.send(a, reader())).isInstanceOf(Accepted.class);
			assertThat(RelayStage.send(b, reader())).isInstanceOf(Accepted.class);
			assertThat(RelayStage.send(c, reader())).isInstanceOfSatisfying(NotNow.class,
					(full) -> assertThat(full.reply()).contains(this.name, "connections"));
			assertThat(RelayStage.send(single, reader())).isInstanceOf(Accepted.class);
			assertThat(RelayStage.send(another, reader())).isInstanceOf(NotNow.class);
			assertThat(one.all().get(0).uses()).containsExactly(new Use(Limit.CONNECTIONS, 3, 3));
			assertThat(one.all().get(0).connections()).isEqualTo(2);
			a.close();
			// The other process looks again after a second.
			await().until(() -> RelayStage.send(c, reader()) instanceof Accepted);
		}
		assertThat(one.all().get(0).uses()).containsExactly(new Use(Limit.CONNECTIONS, 0, 3));
	}

	@Test
	void connectionsOfADeadProcessComeFreeAndThoseOfALivingOneDoNot() {
		ConnectionSlots dead = new ConnectionSlots(this.jdbc, Duration.ofSeconds(1));
		ConnectionSlots.Slot lost = dead.take(this.name, 1, 1);
		assertThat(lost).isNotNull();
		try (ConnectionSlots living = new ConnectionSlots(this.jdbc, Duration.ofSeconds(1))) {
			assertThat(living.take(this.name, 1, 1)).isNull();
			// Renewed, so it never comes free, however long one waits.
			await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(60)).until(() -> lost.isHeld());
			assertThat(living.take(this.name, 1, 1)).isNull();
			dead.close();
			await().untilAsserted(() -> assertThat(living.take(this.name, 1, 1)).isNotNull());
			assertThat(lost.isHeld()).isFalse();
		}
	}

	private RelaySettings relay(String... limits) {
		List<String> settings = new ArrayList<>(List.of("name", this.name));
		settings.addAll(List.of(limits));
		return RelayStage.local(TestRelay.get().port(), settings.toArray(String[]::new));
	}

	private Relays relays(String... limits) {
		return new RelayStage(List.of(relay(limits))).with(this.databaseTime::get).relays();
	}

	private long used() {
		return this.jdbc.sql("SELECT hour_used FROM relay_use WHERE relay = ?")
			.param(this.name)
			.query(Long.class)
			.single();
	}

	/** Three lanes in each process, until all are told that there is no more. */
	private static int sendAll(Relays... processes) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(processes.length * 3);
		List<RelayConnection> connections = new ArrayList<>();
		List<Future<Integer>> lanes = new ArrayList<>();
		for (Relays process : processes) {
			for (int lane = 0; lane < 3; lane++) {
				RelayConnection connection = process.connection();
				connections.add(connection);
				lanes.add(threads.submit(() -> sendUntilFull(connection)));
			}
		}
		int sent = 0;
		for (Future<Integer> lane : lanes) {
			sent += lane.get();
		}
		connections.forEach(RelayConnection::close);
		threads.shutdown();
		return sent;
	}

	private static int sendUntilFull(RelayConnection connection) {
		int sent = 0;
		while (RelayStage.send(connection, reader()) instanceof Accepted) {
			sent++;
		}
		return sent;
	}

	private static String reader() {
		return "reader." + UUID.randomUUID() + "@readers.example";
	}

}
