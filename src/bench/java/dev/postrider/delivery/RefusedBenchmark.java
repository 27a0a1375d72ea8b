package dev.postrider.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.postrider.testing.Figures;
import dev.postrider.testing.PostfixRelay;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.awaitility.Awaitility.await;

/**
 * {@code mvn -q -Pbench verify -Dbench=refused [-Dreaders=5000] [-Dlanes=32]}: what
 * readers whom the relay refuses or keeps waiting cost the others. Of a hundred each, a
 * real Postfix says that one is unknown, one's mailbox full, one greylisted, one blocked,
 * and makes one wait for two seconds. Editions to such readers and to sound ones take
 * turns; {@code ratio} is the median of the others' rate to that of a sound edition.
 */
@Tag("bench")
@Tag("refused")
class RefusedBenchmark {

	private final int readers = Integer.getInteger("readers", 5_000);

	private final int lanes = Integer.getInteger("lanes", 32);

	private final int rounds = Integer.getInteger("rounds", 5);

	@Test
	void refused() {
		Map<String, String> settings = Map.of("spring.mail.port", String.valueOf(PostfixRelay.PORT),
				"postrider.delivery.lanes", String.valueOf(this.lanes));
		List<Double> ratios = new ArrayList<>();
		try (PostfixRelay relay = PostfixRelay.start(); SendStage stage = new SendStage()) {
			stage.start(settings, List.of("-Xmx512m"));
			stage.readers(this.readers);
			stage.stories(700);
			rate(stage, "reader%", this.readers);
			for (int round = 1; round <= this.rounds; round++) {
				double sound = rate(stage, "reader%", this.readers);
				double others = rate(stage, mixed(stage, round), this.readers * 95 / 100);
				ratios.add(others / sound);
				Figures.of("refused-" + round)
					.add("sound_per_s", Math.round(sound))
					.add("others_per_s", Math.round(others))
					.add("ratio", others / sound)
					.print();
			}
		}
		ratios.sort(null);
		Figures.of("refused")
			.add("ratio", ratios.get(ratios.size() / 2))
			.add("readers", this.readers)
			.add("lanes", this.lanes)
			.print();
	}

	/** New ones each time, for an unknown one is not written to again. */
	private String mixed(SendStage stage, int round) {
		String domain = "@mixed" + round + ".example";
		stage.execute("""
				INSERT INTO subscriber (email, email_key, status, created_at, confirmed_at, status_changed_at)
				SELECT address, address, 'ACTIVE', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)
				FROM (SELECT CONCAT(CASE n %% 100 WHEN 10 THEN 'unknown' WHEN 30 THEN 'full' WHEN 50 THEN 'grey'
				    WHEN 70 THEN 'blocked' WHEN 90 THEN 'slow' ELSE 'mixed' END, n, '%s') AS address, n
				  FROM (SELECT ROW_NUMBER() OVER (ORDER BY id) AS n FROM subscriber WHERE email LIKE 'reader%%'
				    ORDER BY id LIMIT %d) numbered) named ORDER BY n
				""".formatted(domain, this.readers));
		return "%" + domain;
	}

	/** Messages a second to those whom nothing ails, from the first to the last of them. */
	private static double rate(SendStage stage, String like, int sound) {
		String slug = stage.send(Integer.MAX_VALUE, like);
		String others = "status = 'SENT' AND d.subscriber_id IN (SELECT s.id FROM subscriber s "
				+ "WHERE s.email LIKE 'reader%' OR s.email LIKE 'mixed%')";
		await().pollInterval(Duration.ofMillis(200))
			.atMost(Duration.ofMinutes(10))
			.until(() -> stage.count(slug, others) == sound);
		double seconds = Double.parseDouble(stage.ask("""
				SELECT TIMESTAMPDIFF(MICROSECOND, MIN(d.at), MAX(d.at)) / 1e6 FROM delivery d
				JOIN edition e ON e.id = d.edition_id JOIN newsletter n ON n.id = e.newsletter_id
				WHERE n.slug = '%s' AND d.%s""".formatted(slug, others)));
		stage.cancel(slug);
		return sound / seconds;
	}

}
