package dev.postrider.subscription;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import dev.postrider.subscription.SubscriberDirectory.Entry;
import dev.postrider.subscription.SubscriberDirectory.Search;
import dev.postrider.testing.Figures;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * {@code mvn -q -Pbench verify -Dbench=subscribers [-Dreaders=1000000]}: how long the
 * list of subscribers takes to search, and to export.
 */
@Tag("bench")
@Tag("subscribers")
@PostriderTest
class SubscribersBenchmark {

	private static final long FIRST = 70_000_000;

	private static final int BATCH = 10_000;

	private static final int PAGE = 51;

	private static final List<String> NAMES = List.of("anna", "ben", "clara", "david", "emma", "felix", "greta", "hugo",
			"ida", "jan", "karla", "leo", "mia", "noah", "olga", "paul", "rosa", "sven", "tara", "uwe");

	@Autowired
	private JdbcTemplate batch;

	@Autowired
	private SubscriberDirectory directory;

	@Autowired
	private TestClock clock;

	private final Random random = new Random(11);

	@Test
	void subscribers() {
		int readers = Integer.getInteger("readers", 1_000_000);
		fill(readers);
		this.batch.execute("ANALYZE TABLE subscriber");
		Figures.of("subscribers")
			.add("readers", readers)
			.add("exact_millis", median(() -> search(someName() + "." + someNumber(readers) + "@readers.example", null)))
			.add("prefix_millis", median(() -> search(someName().substring(0, 2), null)))
			.add("narrow_prefix_millis", median(() -> search(someName() + "." + someNumber(readers) / 100, null)))
			.add("status_millis", median(() -> search("", someStatus())))
			.add("prefix_and_status_millis", median(() -> search(someName().substring(0, 1), someStatus())))
			.add("prefix_and_rare_status_millis",
					median(() -> search(someName(), SubscriberStatus.SUPPRESSED)))
			.add("prefix_and_frequent_status_millis", median(() -> search(someName(), SubscriberStatus.UNSUBSCRIBED)))
			.add("none_of_50000_millis", median(() -> search("anna", SubscriberStatus.PENDING)))
			.add("last_page_millis",
					median(() -> this.directory.search(new Search("", null), FIRST + this.random.nextInt(60) + 60, PAGE)))
			.add("export_seconds", export())
			.print();
	}

	private List<Entry> search(String email, SubscriberStatus status) {
		return this.directory.search(new Search(email, status), null, PAGE);
	}

	private double median(Supplier<List<Entry>> search) {
		double[] millis = new double[41];
		for (int i = 0; i < millis.length; i++) {
			long from = System.nanoTime();
			search.get();
			millis[i] = (System.nanoTime() - from) / 1e6;
		}
		Arrays.sort(millis);
		return millis[millis.length / 2];
	}

	private double export() {
		AtomicLong lines = new AtomicLong();
		long from = System.nanoTime();
		this.directory.export(new Search("", null), (line) -> lines.incrementAndGet());
		return (System.nanoTime() - from) / 1e9;
	}

	private String someName() {
		return NAMES.get(this.random.nextInt(NAMES.size()));
	}

	private int someNumber(int readers) {
		return this.random.nextInt(readers);
	}

	private SubscriberStatus someStatus() {
		return SubscriberStatus.values()[this.random.nextInt(4)];
	}

	/** One in five hundred suppressed, a tenth left, a twentieth not confirmed, but nobody called Anna. */
	private void fill(int readers) {
		Object now = this.clock.instant();
		for (int from = 0; from < readers; from += BATCH) {
			List<Object[]> rows = new ArrayList<>();
			for (int i = from; i < Math.min(readers, from + BATCH); i++) {
				String address = NAMES.get(i % NAMES.size()) + "." + i + "@readers.example";
				int lot = this.random.nextInt(1000);
				String status = (lot < 2) ? "SUPPRESSED"
						: (lot < 102) ? "UNSUBSCRIBED" : (lot < 152 && i % NAMES.size() != 0) ? "PENDING" : "ACTIVE";
				rows.add(new Object[] { FIRST + i, address, address, status, now, now });
			}
			this.batch.batchUpdate("""
					INSERT INTO subscriber (id, email, email_key, status, created_at, status_changed_at)
					VALUES (?, ?, ?, ?, ?, ?)
					""", rows);
		}
	}

}
