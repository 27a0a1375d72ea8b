package dev.postrider.monitor;

import java.time.Duration;
import java.util.Map;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.postrider.delivery.DeliveryStatus;
import dev.postrider.delivery.Deliveries;
import dev.postrider.mail.Relays;
import dev.postrider.monitor.problem.Problems;
import dev.postrider.monitor.problem.RelayCheck;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Figures for {@code /actuator/prometheus}. They are counted at most every ten seconds,
 * however often they are scraped.
 */
@Component
class MonitorMetrics implements MeterBinder {

	private static final Duration COUNT_HOLDS = Duration.ofSeconds(10);

	private final JdbcClient jdbc;

	private final Problems problems;

	private final Relays relays;

	private final RelayCheck relayCheck;

	private final LoadingCache<String, Double> figures = Caffeine.newBuilder()
		.expireAfterWrite(COUNT_HOLDS)
		.build(this::figure);

	private final LoadingCache<Long, Map<DeliveryStatus, Integer>> counts;

	MonitorMetrics(JdbcClient jdbc, Deliveries deliveries, Problems problems, Relays relays, RelayCheck relayCheck) {
		this.jdbc = jdbc;
		this.problems = problems;
		this.relays = relays;
		this.relayCheck = relayCheck;
		this.counts = Caffeine.newBuilder().expireAfterWrite(COUNT_HOLDS).maximumSize(2).build(deliveries::counts);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("postrider.problems.open", () -> this.figures.get("problems"))
			.description("Problems that are open")
			.register(registry);
		Gauge.builder("postrider.outbox.waiting", () -> this.figures.get("outbox"))
			.description("Single mails that wait for the relay")
			.register(registry);
		for (String relay : this.relays.names()) {
			Gauge.builder("postrider.relay.up", () -> this.relayCheck.unreachable().containsKey(relay) ? 0 : 1)
				.description("Whether a relay answers this process: 1 if it does, or was not tried yet")
				.tag("relay", relay)
				.register(registry);
		}
		for (DeliveryStatus status : DeliveryStatus.values()) {
			Gauge.builder("postrider.edition.deliveries", () -> current(status))
				.description("Deliveries of the edition sent last or now, by status")
				.tag("status", status.name())
				.register(registry);
		}
	}

	private double figure(String name) {
		return switch (name) {
			case "problems" -> this.problems.countOpen();
			// Index outbox_due.
			case "outbox" -> query("SELECT COUNT(*) FROM outbox WHERE status = 'PENDING'");
			// Index edition_due; edition ids rise with time.
			default -> query("SELECT COALESCE(MAX(id), 0) FROM edition WHERE status IN ('SENDING', 'HELD', 'SENT')");
		};
	}

	private double query(String sql) {
		return this.jdbc.sql(sql).query(Double.class).single();
	}

	private double current(DeliveryStatus status) {
		double edition = this.figures.get("edition");
		return (edition > 0) ? this.counts.get((long) edition).getOrDefault(status, 0) : 0;
	}

}
