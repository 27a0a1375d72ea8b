package dev.postrider.subscription.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import com.sun.net.httpserver.HttpServer;
import dev.postrider.testing.CountingSink;
import dev.postrider.testing.Figures;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.SmtpSink;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code mvn -q -Pbench verify -Dbench=signup [-Dseconds=20] [-Dclients=16] [-Drate=300]}:
 * the sign-up form, sent by so many clients, each from a network and with an address of its
 * own, while what they sent is worked off and mailed behind it. All of it on this machine:
 * clients, server, database and the relay that takes the mails.
 * <p>
 * {@code rate}, {@code p50_ms}, {@code p99_ms}: each client sends as soon as it has its
 * answer. {@code paced_…}: they send {@code -Drate} a second in all whatever the answers
 * take, and an answer's time counts from when its request should have left;
 * {@code worked_off_per_s}: what was worked off while they did.
 * {@code ratio_reference}: the rate to that of a bare HTTP server of the JDK that stores the
 * body as one row, by the same clients. {@code lost}: sign-ups that were answered and are
 * not there in the end.
 */
@Tag("bench")
@Tag("signup")
@PostriderTest
@TestPropertySource(properties = { "postrider.subscription.sign-ups-per-minute=10000000",
		"postrider.sign-up.per-domain-per-hour=10000000", "postrider.sign-up.proof-of-work=never",
		"postrider.mail.relays[0].host=127.0.0.1", "postrider.mail.relays[0].port=${signup.sink}" })
class SignUpBenchmark {

	private static final int SINK = SmtpSink.freePort();

	static {
		// One kept open for each client.
		System.setProperty("http.maxConnections", "256");
		System.setProperty("signup.sink", String.valueOf(SINK));
	}

	private final int seconds = Integer.getInteger("seconds", 20);

	private final int clients = Integer.getInteger("clients", 16);

	private final int rate = Integer.getInteger("rate", 300);

	private final String run = UUID.randomUUID().toString().substring(0, 8);

	private final AtomicInteger sent = new AtomicInteger();

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void signUp() throws Exception {
		try (CountingSink sink = CountingSink.start(SINK)) {
			measure(URI.create("http://localhost:" + this.port + "/subscribe"));
			assertThat(sink.messages()).as("mails").isPositive();
		}
	}

	private void measure(URI form) throws Exception {
		free(form, Math.max(5, this.seconds / 2));
		long[] closed = free(form, this.seconds);
		// So that what follows pays for its own work, and for all of it.
		await();
		int before = worked();
		long from = System.nanoTime();
		long[] paced = paced(form);
		double workedOff = (worked() - before) / ((System.nanoTime() - from) / 1e9);
		await();
		int lost = this.sent.get() - worked();
		double reference = reference();
		Figures.of("signup")
			.add("rate", Math.round(closed.length / (double) this.seconds))
			.add("p50_ms", percentile(closed, 50))
			.add("p99_ms", percentile(closed, 99))
			.add("paced_rate", Math.round(paced.length / (double) this.seconds))
			.add("paced_p50_ms", percentile(paced, 50))
			.add("paced_p99_ms", percentile(paced, 99))
			.add("ratio_reference", closed.length / (double) this.seconds / reference)
			.add("worked_off_per_s", Math.round(workedOff))
			.add("lost", lost)
			.add("clients", this.clients)
			.print();
		assertThat(lost).as("lost").isZero();
	}

	private void await() {
		Awaitility.await()
			.atMost(Duration.ofMinutes(20))
			.pollInterval(Duration.ofSeconds(1))
			.until(() -> waiting() == 0);
	}

	/** Each as fast as it is answered: the times of the answers in nanoseconds. */
	private long[] free(URI target, int duration) throws Exception {
		long end = System.nanoTime() + duration * 1_000_000_000L;
		return together((times) -> {
			while (System.nanoTime() < end) {
				long from = System.nanoTime();
				post(target);
				times.add(System.nanoTime() - from);
			}
		});
	}

	/** So many a second in all, each on time; late starts count as waiting. */
	private long[] paced(URI target) throws Exception {
		long start = System.nanoTime();
		AtomicInteger next = new AtomicInteger();
		int all = this.rate * this.seconds;
		return together((times) -> {
			for (int i = next.getAndIncrement(); i < all; i = next.getAndIncrement()) {
				long due = start + i * 1_000_000_000L / this.rate;
				while (System.nanoTime() < due) {
					LockSupport.parkNanos(due - System.nanoTime());
				}
				post(target);
				times.add(System.nanoTime() - due);
			}
		});
	}

	private long[] together(Client client) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(this.clients);
		List<Future<List<Long>>> all = new ArrayList<>();
		for (int i = 0; i < this.clients; i++) {
			all.add(threads.submit(() -> {
				List<Long> times = new ArrayList<>();
				client.run(times);
				return times;
			}));
		}
		List<Long> times = new ArrayList<>();
		for (Future<List<Long>> each : all) {
			times.addAll(each.get());
		}
		threads.shutdown();
		return times.stream().mapToLong(Long::longValue).toArray();
	}

	private void post(URI target) throws IOException {
		int number = this.sent.getAndIncrement();
		byte[] body = ("newsletter=highlights&consent=true&days=MON&days=FRI&name=Robin+Reader&email=reader-" + number + "-"
				+ this.run + "@readers.example")
			.getBytes(StandardCharsets.US_ASCII);
		HttpURLConnection connection = (HttpURLConnection) target.toURL().openConnection();
		connection.setRequestMethod("POST");
		connection.setDoOutput(true);
		connection.setFixedLengthStreamingMode(body.length);
		connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
		connection.setRequestProperty("X-Forwarded-For",
				"100." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255));
		connection.getOutputStream().write(body);
		if (connection.getResponseCode() != 200) {
			throw new IllegalStateException("Answered " + connection.getResponseCode());
		}
		try (InputStream answer = connection.getInputStream()) {
			answer.readAllBytes();
		}
	}

	private double reference() throws Exception {
		this.jdbc.sql("CREATE TABLE sign_up_reference (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, content TEXT NOT NULL)")
			.update();
		HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
		ExecutorService threads = Executors.newFixedThreadPool(this.clients);
		server.setExecutor(threads);
		server.createContext("/", (exchange) -> {
			this.jdbc.sql("INSERT INTO sign_up_reference (content) VALUES (?)")
				.param(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
				.update();
			exchange.sendResponseHeaders(200, 2);
			exchange.getResponseBody().write("ok".getBytes(StandardCharsets.US_ASCII));
			exchange.close();
		});
		server.start();
		try {
			URI target = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
			free(target, 5);
			return free(target, this.seconds).length / (double) this.seconds;
		}
		finally {
			server.stop(0);
			threads.shutdown();
			this.jdbc.sql("DROP TABLE sign_up_reference").update();
		}
	}

	/** Those of this run that became readers to be. */
	private int worked() {
		return this.jdbc.sql("SELECT COUNT(*) FROM subscriber WHERE email_key LIKE ?")
			.param("reader-%-" + this.run + "@readers.example")
			.query(Integer.class)
			.single();
	}

	private int waiting() {
		return this.jdbc.sql("SELECT (SELECT COUNT(*) FROM sign_up) + (SELECT COUNT(*) FROM outbox WHERE status = 'PENDING')").query(Integer.class).single();
	}

	private static double percentile(long[] times, int percent) {
		long[] sorted = times.clone();
		Arrays.sort(sorted);
		return sorted[(int) Math.min(sorted.length - 1, sorted.length * (long) percent / 100)] / 1e6;
	}

	/** What one client does. */
	private interface Client {

		void run(List<Long> times) throws IOException;

	}

}
