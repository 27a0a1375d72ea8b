package dev.postrider.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.postrider.testing.CountingSink;
import dev.postrider.testing.Figures;
import dev.postrider.testing.SmtpSink;
import dev.postrider.testing.SmtpSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code mvn -q -Pbench verify -Dbench=history [-Drows=30000000] [-Dreaders=100000]}: what
 * a ledger full of earlier editions costs the next. Editions are frozen and sent beside
 * little history, then beside so many rows of it; of each the medians of
 * {@code -Drounds=3}. {@code ratio_rate} is that of the two rates, each beside
 * smtp-source's in the same minute; {@code ratio_freeze} that of the two times.
 */
@Tag("bench")
@Tag("history")
class HistoryBenchmark {

	private final int readers = Integer.getInteger("readers", 100_000);

	private final long rows = Long.getLong("rows", 30_000_000);

	private final int rounds = Integer.getInteger("rounds", 3);

	private final int lanes = Integer.getInteger("lanes", 16);

	private final int bytes = Integer.getInteger("bytes", 20_000);

	private final int port = SmtpSink.freePort();

	@Test
	void history() {
		Map<String, String> settings = Map.of("spring.mail.port", String.valueOf(this.port),
				"postrider.delivery.lanes", String.valueOf(this.lanes));
		try (SendStage stage = new SendStage(); CountingSink sink = CountingSink.start(this.port)) {
			stage.start(settings, List.of("-Xmx512m"));
			stage.readers(this.readers);
			stage.stories(700);
			String model = stage.send(this.readers);
			stage.awaitSent(model, Duration.ofSeconds(120 + this.readers / 300));
			Shown without = shown(stage);
			without.print("history-without");
			fill(stage, model);
			Shown with = shown(stage);
			with.print("history-with");
			Figures.of("history")
				.add("ratio_rate", with.ratio() / without.ratio())
				.add("ratio_freeze", with.freeze() / without.freeze())
				.add("rows", this.rows)
				.add("readers", this.readers)
				.add("database", stage.databaseName())
				.print();
		}
	}

	private Shown shown(SendStage stage) {
		List<Double> rates = new ArrayList<>();
		List<Double> ratios = new ArrayList<>();
		List<Double> freezes = new ArrayList<>();
		for (int i = 0; i < this.rounds; i++) {
			double source = SmtpSource.rate(this.port, this.lanes, this.readers / 3, this.bytes);
			String slug = stage.send(this.readers);
			stage.awaitSent(slug, Duration.ofSeconds(120 + this.readers / 300));
			double rate = this.readers / stage.stepSeconds("deliver");
			rates.add(rate);
			ratios.add(rate / source);
			freezes.add(stage.stepSeconds("freeze"));
		}
		return new Shown(median(rates), median(ratios), median(freezes));
	}

	/** Editions of years past, each sent as the model was. */
	private void fill(SendStage stage, String model) {
		String id = stage.ask("""
				SELECT e.id FROM edition e JOIN newsletter n ON n.id = e.newsletter_id WHERE n.slug = '%s'"""
			.formatted(model));
		stage.execute("""
				INSERT INTO newsletter (slug, name, description, days, send_time, time_zone, useless_after_minutes, created_at)
				VALUES ('of-old', 'Old news', 'Of years past', 127, '00:00:00', 'UTC', 2880, UTC_TIMESTAMP(6))
				""");
		for (long day = 1; (day - 1) * this.readers < this.rows; day++) {
			stage.execute("""
					INSERT INTO edition (newsletter_id, edition_date, number, status, subject, due_at, useless_after, composed_at,
					  frozen_at, candidates, started_at, closed_at, created_at, changed_at)
					SELECT n.id, CURRENT_DATE - INTERVAL %1$d DAY, 1, e.status, e.subject, e.due_at - INTERVAL %1$d DAY,
					  e.useless_after - INTERVAL %1$d DAY, e.composed_at, e.frozen_at, e.candidates, e.started_at, e.closed_at,
					  e.created_at, e.changed_at
					FROM edition e JOIN newsletter n ON n.slug = 'of-old' WHERE e.id = %2$s
					""".formatted(day, id));
			String old = stage.ask("SELECT MAX(e.id) FROM edition e JOIN newsletter n ON n.id = e.newsletter_id "
					+ "WHERE n.slug = 'of-old'");
			stage.execute("""
					INSERT INTO delivery_block (edition_id, block, from_seq, to_seq, fence, done)
					SELECT %s, block, from_seq, to_seq, fence, done FROM delivery_block WHERE edition_id = %s
					""".formatted(old, id));
			stage.execute("""
					INSERT INTO delivery (edition_id, seq, subscriber_id, variant, status, attempts, unclear, at, relay, reply)
					SELECT %s, seq, subscriber_id, variant, status, attempts, unclear, at, relay, reply
					FROM delivery WHERE edition_id = %s ORDER BY seq
					""".formatted(old, id));
		}
	}

	private static double median(List<Double> figures) {
		return figures.stream().sorted().toList().get(figures.size() / 2);
	}

	/**
	 * Medians.
	 *
	 * @param rate messages a second
	 * @param ratio to smtp-source's
	 * @param freeze seconds
	 */
	private record Shown(double rate, double ratio, double freeze) {

		void print(String name) {
			Figures.of(name)
				.add("rate", Math.round(this.rate))
				.add("ratio_smtp_source", this.ratio)
				.add("freeze_s", this.freeze)
				.print();
		}

	}

}
