package dev.postrider.delivery;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.postrider.testing.CountingSink;
import dev.postrider.testing.Cpu;
import dev.postrider.testing.Figures;
import dev.postrider.testing.HeapWatch;
import dev.postrider.testing.PlainLoop;
import dev.postrider.testing.PostriderProcess;
import dev.postrider.testing.SignatureRate;
import dev.postrider.testing.SmtpSink;
import dev.postrider.testing.SmtpSource;
import dev.postrider.testing.TestKeys;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code mvn -q -Pbench verify -Dbench=send [-Dreaders=100000] [-Dlanes=16] …}: an edition
 * to so many readers, by the whole application as a process of its own with a heap of
 * {@code -Dheap=512m}, to smtp-sink. Beside it, in the same minute, to the same sink, on as
 * many sessions and with messages as large: smtp-source, and a plain loop over Jakarta
 * Mail.
 * <p>
 * First an edition goes to 20,000 readers at most ({@code -Dwarm=0}: none) and to a sink
 * that keeps what it gets: each of them must have exactly one copy. It also tells how large
 * a message is, {@code -Dbytes=20000} or nearly. Then {@code -Drounds=3} editions are
 * measured, and the medians of what they showed are printed as {@code send}.
 * <p>
 * {@code -Ddkim=rsa} signs; {@code -Ddkim=both} does one after the other and says what
 * signing costs beyond the bare signatures. {@code -Dwith=setting=value,…} gives Postrider
 * more settings, {@code -Dflags=…} its JVM more options. The database is the one of
 * {@code SPRING_DATASOURCE_URL}, else an embedded MariaDB with its default durability.
 * <p>
 * {@code rate}: messages a second over the whole deliver step. {@code cpu_s}: of Postrider,
 * from the start of the run to its end. {@code ratio_cpu}: the same ratio to smtp-source by
 * the processors' work of all (sender, sink, database) and not by the clock, which other
 * programs on the machine disturb. {@code lost}, {@code twice}: by recipient in the first
 * edition, by number in the measured ones.
 */
@Tag("bench")
@Tag("send")
class SendBenchmark {

	private final int readers = Integer.getInteger("readers", 100_000);

	private final int lanes = Integer.getInteger("lanes", 16);

	private final int rounds = Integer.getInteger("rounds", 3);

	private final int warm = Math.min(Integer.getInteger("warm", 20_000), this.readers);

	private final int wanted = Integer.getInteger("bytes", 20_000);

	private final String dkim = System.getProperty("dkim", "off");

	private final int port = SmtpSink.freePort();

	private final SendStage stage = new SendStage();

	private int bytes;

	private long lost;

	private long twice;

	@Test
	void send() throws GeneralSecurityException {
		try (this.stage) {
			if (!this.dkim.equals("both")) {
				measure("send", this.dkim.equals("rsa"));
				return;
			}
			double plain = measure("send", false);
			double signed = measure("send-dkim", true);
			double bare = SignatureRate.ofAllCores();
			Figures.of("send-dkim")
				.add("bare_signatures_per_s", Math.round(bare))
				.add("possible", Math.round(1 / (1 / plain + 1 / bare)))
				.add("ratio_possible", signed * (1 / plain + 1 / bare))
				.print();
		}
	}

	private double measure(String name, boolean signs) {
		PostriderProcess process = this.stage.start(settings(signs), jvm());
		this.lost = 0;
		this.twice = 0;
		this.stage.readers(this.readers);
		tune();
		List<Round> all = new ArrayList<>();
		try (HeapWatch heap = HeapWatch.of(process.handle()); CountingSink sink = CountingSink.start(this.port)) {
			for (int i = 1; i <= this.rounds; i++) {
				Round round = round(process, heap, sink);
				round.print(name + "-" + i);
				all.add(round);
			}
		}
		Round median = Round.median(all);
		Figures figures = Figures.of(name)
			.add("rate", Math.round(median.rate()))
			.add("ratio_smtp_source", median.rate() / median.source())
			.add("ratio_plain_loop", median.rate() / median.loop())
			.add("cpu_s", median.cpu())
			.add("peak_heap_mb", all.stream().mapToDouble(Round::peakHeap).max().orElse(0))
			.add("lost", this.lost)
			.add("twice", this.twice)
			.add("ratio_cpu", median.ratioCpu());
		about(figures, signs).print();
		return median.rate();
	}

	private Figures about(Figures figures, boolean signs) {
		return figures.add("readers", this.readers)
			.add("bytes", this.bytes)
			.add("lanes", this.lanes)
			.add("dkim", signs ? "rsa" : "off")
			.add("database", this.stage.databaseName());
	}

	private Round round(PostriderProcess process, HeapWatch heap, CountingSink sink) {
		int sample = Math.min(this.readers, Integer.getInteger("sample", 30_000));
		heap.begin();
		double sinkCpu = sink.cpuSeconds();
		double children = childrenSeconds();
		double before = SmtpSource.rate(this.port, this.lanes, sample, this.bytes);
		double sourceCpu = (sink.cpuSeconds() - sinkCpu + childrenSeconds() - children) / sample;
		long messages = sink.messages();
		sinkCpu = sink.cpuSeconds();
		double cpu = Cpu.seconds(process.handle());
		double database = Cpu.ofDatabase(this.stage.databasePort());
		String slug = this.stage.send(this.readers);
		this.stage.awaitSent(slug, Duration.ofSeconds(120 + this.readers / 300));
		cpu = Cpu.seconds(process.handle()) - cpu;
		database = Cpu.ofDatabase(this.stage.databasePort()) - database;
		sinkCpu = sink.cpuSeconds() - sinkCpu;
		long sent = this.stage.count(slug, "status = 'SENT'");
		long arrived = sink.messages() - messages;
		this.lost += Math.max(this.readers - sent, 0) + Math.max(sent - arrived, 0);
		this.twice += Math.max(arrived - sent, 0);
		double after = SmtpSource.rate(this.port, this.lanes, sample, this.bytes);
		double loop = PlainLoop.rate(this.port, this.lanes, Math.min(this.readers, 10_000), this.bytes);
		return new Round(sent / this.stage.stepSeconds("deliver"), (before + after) / 2, loop, cpu, database, sinkCpu,
				sourceCpu * this.readers, heap.peak(), heap.live(0, 0.34), heap.live(0.66, 1),
				this.stage.stepSeconds("freeze"));
	}

	/** Finds how long summaries must be, and counts each reader's copies. */
	private void tune() {
		int summary = 200;
		for (int i = 0; i < 3; i++) {
			this.stage.stories(summary);
			this.bytes = captured(1);
			// Each summary stands in the text and in the HTML.
			summary = Math.max(summary + (this.wanted - this.bytes) / 14, 1);
		}
		if (this.warm > 0) {
			this.bytes = captured(this.warm);
		}
	}

	/** Sends to a sink that keeps everything; how large a message is on the wire. */
	private int captured(int count) {
		try (SmtpSink sink = SmtpSink.start(this.port)) {
			String slug = this.stage.send(count);
			this.stage.awaitSent(slug, Duration.ofSeconds(120 + count / 100));
			Map<String, List<String>> copies = sink.copies();
			this.lost += count - copies.size();
			this.twice += copies.values().stream().mapToInt((ids) -> ids.size() - 1).sum();
			return sink.messageSize();
		}
	}

	private Map<String, String> settings(boolean signs) {
		Map<String, String> settings = new HashMap<>();
		settings.put("spring.mail.port", String.valueOf(this.port));
		settings.put("postrider.delivery.lanes", String.valueOf(this.lanes));
		if (signs) {
			settings.put("postrider.dkim.keys[0].domain", TestKeys.DOMAIN);
			settings.put("postrider.dkim.keys[0].selector", "bench");
			settings.put("postrider.dkim.keys[0].pem", TestKeys.pem(TestKeys.rsa().getPrivate()));
		}
		for (String setting : System.getProperty("with", "").split(",")) {
			int equals = setting.indexOf('=');
			if (equals > 0) {
				settings.put(setting.substring(0, equals).strip(), setting.substring(equals + 1).strip());
			}
		}
		for (String transport : List.of("pipelining", "chunking")) {
			if (System.getProperty(transport) != null) {
				settings.put("postrider.mail." + transport, System.getProperty(transport));
			}
		}
		return settings;
	}

	private static List<String> jvm() {
		List<String> jvm = new ArrayList<>(List.of("-Xmx" + System.getProperty("heap", "512m")));
		Arrays.stream(System.getProperty("flags", "").split(" "))
			.filter((option) -> !option.isBlank())
			.forEach(jvm::add);
		return jvm;
	}

	/** What smtp-source worked, once it has ended. */
	private static double childrenSeconds() {
		return Cpu.ofEndedChildren();
	}

	/**
	 * What one edition showed; processors' work in seconds.
	 *
	 * @param rate messages a second
	 * @param source of smtp-source
	 * @param loop of the plain loop
	 * @param cpu Postrider's
	 * @param database the server's
	 * @param sink smtp-sink's
	 * @param sourceCpu of smtp-source and its sink for as many messages
	 * @param peakHeap in MB, garbage included
	 * @param liveFirst after collections in the first third, in MB
	 * @param liveLast the same in the last third
	 * @param freeze seconds
	 */
	private record Round(double rate, double source, double loop, double cpu, double database, double sink,
			double sourceCpu, double peakHeap, double liveFirst, double liveLast, double freeze) {

		double ratioCpu() {
			return this.sourceCpu / (this.cpu + this.database + this.sink);
		}

		void print(String name) {
			Figures.of(name)
				.add("rate", Math.round(this.rate))
				.add("smtp_source", Math.round(this.source))
				.add("plain_loop", Math.round(this.loop))
				.add("cpu_s", this.cpu)
				.add("database_cpu_s", this.database)
				.add("sink_cpu_s", this.sink)
				.add("smtp_source_cpu_s", this.sourceCpu)
				.add("peak_heap_mb", this.peakHeap)
				.add("live_mb_first", this.liveFirst)
				.add("live_mb_last", this.liveLast)
				.add("freeze_s", this.freeze)
				.print();
		}

		/** The one whose ratio is in the middle. */
		static Round median(List<Round> rounds) {
			return rounds.stream()
				.sorted((a, b) -> Double.compare(a.rate() / a.source(), b.rate() / b.source()))
				.toList()
				.get(rounds.size() / 2);
		}

	}

}
