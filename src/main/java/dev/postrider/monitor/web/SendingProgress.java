package dev.postrider.monitor.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.postrider.delivery.Deliveries;
import dev.postrider.delivery.DeliveryStatus;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * How far an edition has come, how fast it goes and when it will be done. Counting a big
 * ledger takes a while, so a count serves everybody who looks within two seconds; the
 * rate comes from the counts of the last half minute.
 */
@Component
class SendingProgress {

	private static final Duration COUNT_HOLDS = Duration.ofSeconds(2);

	private static final Duration RATE_OVER = Duration.ofSeconds(30);

	private final Deliveries deliveries;

	private final Clock clock;

	private final Cache<Long, Map<DeliveryStatus, Integer>> counts = Caffeine.newBuilder()
		.expireAfterWrite(COUNT_HOLDS)
		.maximumSize(100)
		.build();

	private final Cache<Long, Deque<Sample>> samples = Caffeine.newBuilder()
		.expireAfterAccess(RATE_OVER)
		.maximumSize(100)
		.build();

	SendingProgress(Deliveries deliveries, Clock clock) {
		this.deliveries = deliveries;
		this.clock = clock;
	}

	Progress of(Edition edition) {
		Map<DeliveryStatus, Integer> count = this.counts.get(edition.id(), this.deliveries::counts);
		int total = count.values().stream().mapToInt(Integer::intValue).sum();
		int open = count(count, DeliveryStatus.PENDING) + count(count, DeliveryStatus.DEFERRED);
		boolean live = edition.status() == EditionStatus.SENDING;
		double rate = live ? rate(edition, total - open) : 0;
		Instant doneAt = null;
		if (rate > 0 && open > 0) {
			doneAt = this.clock.instant().plusSeconds(Math.round(open / rate));
		}
		return new Progress(count(count, DeliveryStatus.SENT), total - open, total, rate, doneAt, count);
	}

	private static int count(Map<DeliveryStatus, Integer> counts, DeliveryStatus status) {
		return counts.getOrDefault(status, 0);
	}

	private double rate(Edition edition, int done) {
		Sample now = new Sample(System.nanoTime(), done);
		Deque<Sample> known = this.samples.get(edition.id(), (id) -> new ArrayDeque<>());
		synchronized (known) {
			known.removeIf((sample) -> now.nanos() - sample.nanos() > RATE_OVER.toNanos());
			known.addLast(now);
			Sample first = known.getFirst();
			double seconds = (now.nanos() - first.nanos()) / 1e9;
			if (seconds >= 1) {
				return (done - first.done()) / seconds;
			}
		}
		return sinceStart(edition.startedAt(), done);
	}

	private double sinceStart(@Nullable Instant startedAt, int done) {
		if (startedAt == null) {
			return 0;
		}
		double seconds = Duration.between(startedAt, this.clock.instant()).toMillis() / 1e3;
		return (seconds > 1) ? done / seconds : 0;
	}

	private record Sample(long nanos, int done) {
	}

	/**
	 * How far an edition has come.
	 *
	 * @param sent the relay has taken so many
	 * @param done settled one way or another
	 * @param total all deliveries
	 * @param rate settled a second, 0 when nothing moves
	 * @param doneAt when it will be done at that rate
	 * @param counts deliveries by status
	 */
	public record Progress(int sent, int done, int total, double rate, @Nullable Instant doneAt,
			Map<DeliveryStatus, Integer> counts) {

		/** How many have a status. */
		public int count(String status) {
			return this.counts.getOrDefault(DeliveryStatus.valueOf(status), 0);
		}

		/** The rate for people: {@code 1,250 a second} or {@code 30 a minute}. */
		public String rateText() {
			return (this.rate >= 1) ? String.format(Locale.UK, "%,d a second", Math.round(this.rate))
					: String.format(Locale.UK, "%,d a minute", Math.round(this.rate * 60));
		}

	}

}
