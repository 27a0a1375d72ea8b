package dev.postrider.mail.relay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import dev.postrider.mail.MailProperties;
import dev.postrider.mail.MailProperties.Tls;
import dev.postrider.mail.MailProperties.Use;
import dev.postrider.mail.RelayConnection;
import dev.postrider.mail.SendResult;
import dev.postrider.testing.CountingSink;
import dev.postrider.testing.Figures;
import dev.postrider.testing.PostfixRelay;
import dev.postrider.testing.SmtpSink;
import dev.postrider.testing.TcpProxy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code mvn -q -Pbench verify -Dbench=transport [-Dmessages=1000] [-Dlanes=4]}: messages of
 * 20 KB a second that a real Postfix takes step by step, with PIPELINING, and with CHUNKING
 * too; at once and with 5 ms more for each round trip; the median of three. And what
 * smtp-sink takes, which writes nothing and offers PIPELINING only.
 */
@Tag("bench")
@Tag("transport")
class TransportBenchmark {

	private static final byte[] MESSAGE = message();

	private final int messages = Integer.getInteger("messages", 1_000);

	private final int lanes = Integer.getInteger("lanes", 4);

	@Test
	void transport() throws Exception {
		try (PostfixRelay relay = PostfixRelay.start();
				TcpProxy near = new TcpProxy(PostfixRelay.PORT);
				TcpProxy far = new TcpProxy(PostfixRelay.PORT)) {
			far.holdReplies(() -> Duration.ofMillis(5));
			print("transport-postfix", PostfixRelay.PORT, true, this.messages);
			print("transport-postfix-proxy", near.port(), true, this.messages);
			print("transport-postfix-5ms", far.port(), true, this.messages);
		}
		int port = SmtpSink.freePort();
		try (CountingSink sink = CountingSink.start(port); TcpProxy far = new TcpProxy(port)) {
			far.holdReplies(() -> Duration.ofMillis(5));
			print("transport-sink", port, false, 20 * this.messages);
			print("transport-sink-5ms", far.port(), false, this.messages);
		}
	}

	private void print(String name, int port, boolean chunking, int count) throws IOException {
		List<Double> steps = new ArrayList<>();
		List<Double> pipelined = new ArrayList<>();
		List<Double> chunked = new ArrayList<>();
		for (int i = -1; i < 3; i++) {
			// In turns, so that what else the machine does hits all.
			double first = rate(port, Use.OFF, Use.OFF, count);
			double second = rate(port, Use.AUTO, Use.OFF, count);
			double third = chunking ? rate(port, Use.AUTO, Use.AUTO, count) : 0;
			if (i >= 0) {
				steps.add(first);
				pipelined.add(second);
				chunked.add(third);
			}
		}
		Figures figures = Figures.of(name)
			.add("step_by_step", Math.round(median(steps)))
			.add("pipelining", Math.round(median(pipelined)));
		if (chunking) {
			figures.add("pipelining_chunking", Math.round(median(chunked)));
		}
		figures.add("lanes", this.lanes).add("messages", count).add("bytes", MESSAGE.length).print();
	}

	private double rate(int port, Use pipelining, Use chunking, int count) {
		MailProperties properties = new MailProperties(null, null, null, Tls.NONE, Duration.ofSeconds(10),
				Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1), 500,
				pipelining, chunking);
		AtomicInteger next = new AtomicInteger();
		ExecutorService threads = Executors.newFixedThreadPool(this.lanes);
		List<Future<?>> ends = new ArrayList<>();
		long from = System.nanoTime();
		for (int i = 0; i < this.lanes; i++) {
			ends.add(threads.submit(() -> {
				try (RelayConnection connection = RelayStage.bare(port, properties)) {
					for (int reader = next.getAndIncrement(); reader < count; reader = next.getAndIncrement()) {
						SendResult result = connection
							.send("b+1@news.example", "reader" + reader + "@readers.example", MESSAGE)
							.result();
						if (!(result instanceof SendResult.Accepted)) {
							throw new IllegalStateException(result.toString());
						}
					}
				}
			}));
		}
		threads.shutdown();
		for (Future<?> end : ends) {
			try {
				end.get();
			}
			catch (InterruptedException | ExecutionException ex) {
				throw new IllegalStateException(ex);
			}
		}
		return count * 1e9 / (System.nanoTime() - from);
	}

	private static double median(List<Double> values) {
		return values.stream().sorted().toList().get(values.size() / 2);
	}

	private static byte[] message() {
		StringBuilder message = new StringBuilder("From: News <news@news.example>\r\nSubject: News\r\n\r\n");
		while (message.length() < 20_000) {
			message.append("The first ferries left at dawn, and by noon the harbour was full again.\r\n");
		}
		return message.toString().getBytes(StandardCharsets.US_ASCII);
	}

}
