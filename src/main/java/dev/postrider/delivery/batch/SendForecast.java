package dev.postrider.delivery.batch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

import dev.postrider.SqlTime;
import dev.postrider.delivery.Rehearsals.Basis;
import dev.postrider.delivery.Rehearsals.Forecast;
import dev.postrider.edition.Edition;
import dev.postrider.mail.RelayStatus;
import dev.postrider.mail.RelayStatus.Limit;
import dev.postrider.mail.RelayStatus.State;
import dev.postrider.mail.Relays;
import dev.postrider.newsletter.Newsletter;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * When an edition would be done: as fast as the best of the latest editions went, within
 * what the relays may take, and not before the end of its send window.
 */
@Component
class SendForecast {

	private static final int EDITIONS = 5;

	private static final int SAMPLES = 200;

	/** Fewer readers tell nothing. */
	private static final int FEWEST = 20;

	private static final Duration A_DAY = Duration.ofDays(1);

	private final JdbcClient jdbc;

	private final Relays relays;

	private final Clock clock;

	SendForecast(JdbcClient jdbc, Relays relays, Clock clock) {
		this.jdbc = jdbc;
		this.relays = relays;
		this.clock = clock;
	}

	/**
	 * Reckons it.
	 * @param readers how many would get it
	 * @param made messages a second that one lane makes
	 */
	Forecast of(Edition edition, Newsletter newsletter, int readers, double made) {
		Instant now = this.clock.instant();
		Instant begins = (edition.number() == 1 && edition.dueAt().isAfter(now)) ? edition.dueAt() : now;
		double recent = recentRate();
		double rate = (recent > 0) ? recent : made;
		Basis basis = (recent > 0) ? Basis.RECENT : Basis.MADE;
		Duration takes = (rate > 0) ? Duration.ofMillis(Math.round(1000 * readers / rate)) : Duration.ZERO;
		Duration limited = limited(this.relays.all(), readers);
		if (limited.compareTo(takes) > 0) {
			takes = limited;
			basis = Basis.LIMITS;
		}
		Duration window = SendWindow.window(newsletter, begins, edition.uselessAfter());
		if (window.compareTo(takes) > 0) {
			takes = window;
			basis = Basis.WINDOW;
		}
		double seconds = takes.toMillis() / 1e3;
		return new Forecast(begins, begins.plus(takes), (seconds > 0) ? readers / seconds : rate, basis);
	}

	/** At least so long, by what relays that are not down may take together. */
	static Duration limited(List<RelayStatus> relays, int readers) {
		List<RelayStatus> usable = relays.stream().filter((relay) -> relay.state() != State.DOWN).toList();
		Duration longest = Duration.ZERO;
		for (Span span : List.of(new Span(Limit.SECOND, Duration.ofSeconds(1)),
				new Span(Limit.HOUR, Duration.ofHours(1)), new Span(Limit.DAY, A_DAY))) {
			OptionalLong most = together(usable, span.limit());
			if (most.isPresent() && most.getAsLong() > 0) {
				// What fits into the first hour or day need not wait for its end.
				long spans = (span.limit() == Limit.SECOND) ? readers / most.getAsLong()
						: (readers - 1) / most.getAsLong();
				Duration atLeast = span.length().multipliedBy(spans);
				longest = (atLeast.compareTo(longest) > 0) ? atLeast : longest;
			}
		}
		return longest;
	}

	/** Empty when one of them has no such limit. */
	private static OptionalLong together(List<RelayStatus> relays, Limit limit) {
		long most = 0;
		for (RelayStatus relay : relays) {
			OptionalLong its = relay.uses()
				.stream()
				.filter((use) -> use.limit() == limit)
				.mapToLong(RelayStatus.Use::most)
				.findFirst();
			if (its.isEmpty()) {
				return OptionalLong.empty();
			}
			most += its.getAsLong();
		}
		return relays.isEmpty() ? OptionalLong.empty() : OptionalLong.of(most);
	}

	/** Index edition_due, read backwards. */
	private double recentRate() {
		return this.jdbc.sql("SELECT id FROM edition WHERE status = 'SENT' ORDER BY due_at DESC LIMIT ?")
			.param(EDITIONS)
			.query(Long.class)
			.list()
			.stream()
			.mapToDouble(this::rateOf)
			.max()
			.orElse(0);
	}

	/**
	 * From when some rows, evenly spread, were sent: of these moments the middle nine
	 * tenths, since stragglers tell nothing of speed. Rows of the ledger's primary key.
	 */
	private double rateOf(long editionId) {
		int rows = this.jdbc.sql("SELECT COALESCE(MAX(seq), 0) FROM delivery WHERE edition_id = ?")
			.param(editionId)
			.query(Integer.class)
			.single();
		if (rows < FEWEST) {
			return 0;
		}
		List<Integer> sampled = IntStream.range(0, SAMPLES)
			.map((i) -> 1 + (int) ((long) i * rows / SAMPLES))
			.distinct()
			.boxed()
			.toList();
		List<Instant> sent = this.jdbc.sql(
				"SELECT at FROM delivery WHERE edition_id = :edition AND seq IN (:rows) AND status = 'SENT' ORDER BY at")
			.param("edition", editionId)
			.param("rows", sampled)
			.query((row, index) -> SqlTime.at(row, "at"))
			.list();
		if (sent.size() < FEWEST / 2) {
			return 0;
		}
		Instant first = sent.get(sent.size() / 20);
		Instant last = Collections.max(sent.subList(0, sent.size() * 19 / 20 + 1));
		double seconds = Duration.between(first, last).toNanos() / 1e9;
		return (seconds > 0) ? 0.9 * rows / seconds : 0;
	}

	private record Span(Limit limit, Duration length) {
	}

}
