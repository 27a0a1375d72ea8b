package dev.postrider.delivery.batch;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.postrider.delivery.DeliveryStatus;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Says in the log, every few seconds, how far an edition is; counts outcomes for the
 * metrics.
 */
@Component
class Progress {

	private static final Logger logger = LoggerFactory.getLogger(Progress.class);

	private static final long PAUSE = TimeUnit.SECONDS.toNanos(5);

	private final MeterRegistry meters;

	private final Map<Long, Count> editions = new HashMap<>();

	Progress(MeterRegistry meters) {
		this.meters = meters;
	}

	/** Called by the ledger's one writer only. */
	void written(Collection<Outcome> outcomes) {
		for (Outcome outcome : outcomes) {
			this.meters.counter("postrider.deliveries", "status", outcome.status().name()).increment();
			if (outcome.status() == DeliveryStatus.SENT) {
				count(outcome.editionId());
			}
		}
	}

	private void count(long editionId) {
		long now = System.nanoTime();
		Count count = this.editions.computeIfAbsent(editionId, (id) -> new Count(now));
		count.sent++;
		if (now - count.lastSaid > PAUSE) {
			double rate = (count.sent - count.sentWhenSaid) * 1e9 / (now - count.lastSaid);
			logger.info("Edition {}: {} sent by this process, {} a second", editionId, count.sent, Math.round(rate));
			count.lastSaid = now;
			count.sentWhenSaid = count.sent;
		}
	}

	private static final class Count {

		private long sent;

		private long sentWhenSaid;

		private long lastSaid;

		Count(long now) {
			this.lastSaid = now;
		}

	}

}
