package dev.postrider.mail.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.postrider.mail.Attempt;
import dev.postrider.mail.RelayConnection;
import dev.postrider.mail.RelayRecovered;
import dev.postrider.mail.RelayStatus;
import dev.postrider.mail.RelayStatus.State;
import dev.postrider.mail.RelayUnreachable;
import dev.postrider.mail.Relays;
import dev.postrider.mail.SendResult.Accepted;
import dev.postrider.mail.SendResult.RelayFailed;
import dev.postrider.mail.SendResult.Unclear;
import dev.postrider.testing.SmtpSink;
import dev.postrider.testing.TcpProxy;
import dev.postrider.testing.TestRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * Several relays, of which some die: none of them has a limit, so there is no database.
 */
class FailoverTests {

	private final List<Object> events = new CopyOnWriteArrayList<>();

	private TcpProxy first;

	private TcpProxy second;

	@BeforeEach
	void start() throws IOException {
		this.first = new TcpProxy(TestRelay.get().port());
		this.second = new TcpProxy(TestRelay.get().port());
	}

	@AfterEach
	void close() throws IOException {
		this.first.close();
		this.second.close();
	}

	@Test
	void theNextOneTakesTheSameMessageAtOnceAndTheFirstIsAskedAgainLater() {
		Relays relays = relays("1", "2");
		try (RelayConnection connection = relays.connection()) {
			assertThat(accepted(connection)).isEqualTo("first");
			this.first.cut();
			assertThat(accepted(connection)).isEqualTo("second");
			assertThat(this.events).singleElement()
				.isInstanceOfSatisfying(RelayUnreachable.class,
						(event) -> assertThat(event.relay()).isEqualTo("first"));
			assertThat(relays.all()).extracting(RelayStatus::name, RelayStatus::state)
				.containsExactly(tuple("first", State.DOWN), tuple("second", State.ANSWERS));
			assertThat(relays.all().get(0).reason()).isNotBlank();
			assertThat(relays.all().get(0).since()).isNotNull();
			this.first.restore();
			await().until(() -> accepted(connection).equals("first"));
			assertThat(this.events).last().isEqualTo(new RelayRecovered("first"));
		}
	}

	@Test
	void relaysOfOneOrderShareByWeight() {
		Relays relays = new RelayStage(List.of(RelayStage.local(this.first.port(), "name", "first", "weight", "3"),
				RelayStage.local(this.second.port(), "name", "second", "weight", "1")))
			.relays();
		try (RelayConnection connection = relays.connection()) {
			Map<String, Long> shares = IntStream.range(0, 40)
				.mapToObj((i) -> accepted(connection))
				.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
			assertThat(shares).containsExactlyInAnyOrderEntriesOf(Map.of("first", 30L, "second", 10L));
			this.first.cut();
			for (int i = 0; i < 10; i++) {
				assertThat(accepted(connection)).isEqualTo("second");
			}
			this.first.restore();
			await().until(() -> accepted(connection).equals("first"));
			// Who was away does not catch up.
			Map<String, Long> again = IntStream.range(0, 8)
				.mapToObj((i) -> accepted(connection))
				.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
			assertThat(again).containsExactlyInAnyOrderEntriesOf(Map.of("first", 6L, "second", 2L));
		}
	}

	@Test
	void ofTwoRelaysOneDiesWhileManySendAndNobodyIsLostOrTwice() throws Exception {
		try (SmtpSink one = SmtpSink.start(); SmtpSink other = SmtpSink.start()) {
			awaitPort(one.port());
			awaitPort(other.port());
			TcpProxy dying = new TcpProxy(one.port());
			Relays relays = new RelayStage(List.of(RelayStage.local(dying.port(), "name", "one"),
					RelayStage.local(other.port(), "name", "other")))
				.relays();
			AtomicInteger begun = new AtomicInteger();
			ExecutorService threads = Executors.newFixedThreadPool(6);
			List<Future<Map<String, Attempt>>> sent = new ArrayList<>();
			for (int lane = 0; lane < 6; lane++) {
				sent.add(threads.submit(() -> {
					Map<String, Attempt> results = new HashMap<>();
					try (RelayConnection connection = relays.connection()) {
						for (int i = 0; i < 100; i++) {
							if (begun.incrementAndGet() == 300) {
								dying.cut();
							}
							String recipient = UUID.randomUUID() + "@readers.example";
							results.put(recipient, connection.send("b+1@news.example", recipient, message(recipient)));
						}
					}
					return results;
				}));
			}
			Map<String, Attempt> all = new HashMap<>();
			for (Future<Map<String, Attempt>> lane : sent) {
				all.putAll(lane.get());
			}
			threads.shutdown();
			dying.close();
			assertThat(all).hasSize(600);
			Map<String, Integer> copies = new HashMap<>();
			one.copies().forEach((recipient, ids) -> copies.merge(recipient, ids.size(), Integer::sum));
			other.copies().forEach((recipient, ids) -> copies.merge(recipient, ids.size(), Integer::sum));
			long unclear = all.values().stream().filter((attempt) -> attempt.result() instanceof Unclear).count();
			assertThat(unclear).as("at most one a lane").isLessThanOrEqualTo(6);
			all.forEach((recipient, attempt) -> {
				if (attempt.result() instanceof Unclear) {
					assertThat(copies.getOrDefault(recipient, 0)).isLessThanOrEqualTo(1);
				}
				else {
					assertThat(attempt.result()).isInstanceOf(Accepted.class);
					assertThat(copies.get(recipient)).as(recipient).isEqualTo(1);
				}
			});
			assertThat(all.values()).extracting(Attempt::relay).contains("one", "other");
		}
	}

	@Test
	void aRelayThatHangsUpOnAnIdleConnectionIsNotAtFault() {
		Relays relays = new RelayStage(List.of(RelayStage.local(this.first.port(), "name", "first")))
			.with(this.events::add)
			.relays();
		try (RelayConnection connection = relays.connection()) {
			assertThat(accepted(connection)).isEqualTo("first");
			this.first.cut();
			this.first.restore();
			assertThat(accepted(connection)).isEqualTo("first");
		}
		assertThat(this.events).isEmpty();
	}

	@Test
	void aDeadRelayIsNotHammered() throws Exception {
		AtomicInteger knocks = new AtomicInteger();
		try (ServerSocket dead = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
			Thread thread = new Thread(() -> hangUp(dead, knocks));
			thread.setDaemon(true);
			thread.start();
			Relays relays = new RelayStage(List.of(RelayStage.local(dead.getLocalPort(), "name", "dead")))
				.with(this.events::add)
				.relays();
			ExecutorService threads = Executors.newFixedThreadPool(8);
			List<Future<?>> lanes = new ArrayList<>();
			for (int lane = 0; lane < 8; lane++) {
				lanes.add(threads.submit(() -> {
					try (RelayConnection connection = relays.connection()) {
						for (int i = 0; i < 1000; i++) {
							Attempt attempt = connection.send("b@news.example", "r@readers.example",
									RelayStage.MESSAGE);
							assertThat(attempt.relay()).isEqualTo("dead");
							assertThat(attempt.result()).isInstanceOf(RelayFailed.class);
						}
					}
				}));
			}
			for (Future<?> lane : lanes) {
				lane.get();
			}
			threads.shutdown();
			// Each lane's first, and then one after each pause.
			assertThat(knocks).hasValueLessThan(100);
			assertThat(this.events).as("told once").hasExactlyElementsOfTypes(RelayUnreachable.class);
		}
	}

	@Test
	void aRelayThatNothingIsSentToIsTriedOutAndItsReturnIsNoticed() {
		ConfiguredRelays relays = relays("1", "2");
		relays.tryOut(Duration.ZERO, Duration.ZERO);
		assertThat(relays.all()).extracting(RelayStatus::state).containsOnly(State.ANSWERS);
		this.second.cut();
		relays.tryOut(Duration.ZERO, Duration.ZERO);
		assertThat(relays.all()).extracting(RelayStatus::state).containsExactly(State.ANSWERS, State.DOWN);
		this.second.restore();
		await().until(() -> {
			relays.tryOut(Duration.ZERO, Duration.ZERO);
			return relays.all().get(1).state() == State.ANSWERS;
		});
		assertThat(this.events).extracting(Object::getClass)
			.satisfies((types) -> assertThat(types.get(0)).isEqualTo(RelayUnreachable.class))
			.endsWith(RelayRecovered.class);
		assertThat(relays.all()).extracting(RelayStatus::connections).containsOnly(0);
	}

	private ConfiguredRelays relays(String firstOrder, String secondOrder) {
		return new RelayStage(List.of(RelayStage.local(this.first.port(), "name", "first", "order", firstOrder),
				RelayStage.local(this.second.port(), "name", "second", "order", secondOrder)))
			.with(this.events::add)
			.relays();
	}

	private static String accepted(RelayConnection connection) {
		String recipient = "reader." + UUID.randomUUID() + "@readers.example";
		Attempt attempt = connection.send("b+1@news.example", recipient, RelayStage.MESSAGE);
		assertThat(attempt.result()).isInstanceOf(Accepted.class);
		assertThat(TestRelay.get().received(recipient)).hasSize(1);
		return attempt.relay();
	}

	private static byte[] message(String recipient) {
		return ("From: a@news.example\r\nMessage-ID: <" + recipient + ">\r\n\r\n" + "text\r\n".repeat(500) + "--\r\n")
			.getBytes();
	}

	private static void hangUp(ServerSocket server, AtomicInteger knocks) {
		while (!server.isClosed()) {
			try (Socket client = server.accept()) {
				knocks.incrementAndGet();
			}
			catch (IOException ex) {
				// Closed at the end of the test.
				return;
			}
		}
	}

	private static void awaitPort(int port) {
		await().until(() -> {
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
				return socket.isConnected();
			}
			catch (IOException ex) {
				return false;
			}
		});
	}

}
