package dev.postrider.delivery.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import dev.postrider.edition.Edition;
import dev.postrider.newsletter.Newsletter;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Spreads an edition over its newsletter's send window: each block of its ledger gets a
 * moment before which no lane takes it. Those moments lie in the database, so they hold
 * across processes and restarts.
 */
@Component
class SendWindow {

	/** Blocks are so small that one is due so often. */
	private static final Duration STEP = Duration.ofSeconds(15);

	private static final int BLOCKS_A_LANE = 16;

	private final JdbcClient jdbc;

	private final DeliveryProperties properties;

	SendWindow(JdbcClient jdbc, DeliveryProperties properties) {
		this.jdbc = jdbc;
		this.properties = properties;
	}

	/**
	 * How many rows a block of so many readers' ledger has: few enough that no lane is
	 * without work while another has much left, and that a window has a block for each of
	 * its steps.
	 */
	int blockSize(Newsletter newsletter, int readers) {
		int most = Math.max(this.properties.leastBlockSize(),
				share(readers, (long) this.properties.lanes() * BLOCKS_A_LANE));
		long steps = newsletter.sendWindow().dividedBy(STEP);
		if (steps > 1) {
			most = Math.min(most, share(readers, steps));
		}
		return Math.min(this.properties.blockSize(), most);
	}

	private static int share(int readers, long parts) {
		return (int) Math.max(1, (readers + parts - 1) / parts);
	}

	/**
	 * The time that an edition is really spread over: a fifth of the time that it is
	 * worth sending is kept for what takes longer.
	 */
	static Duration window(Newsletter newsletter, Instant from, Instant uselessAfter) {
		Duration most = Duration.between(from, uselessAfter).multipliedBy(4).dividedBy(5);
		Duration wanted = newsletter.sendWindow();
		return (wanted.compareTo(most) < 0) ? wanted : most.isNegative() ? Duration.ZERO : most;
	}

	/**
	 * Gives each block its moment, reckoned from when the audience was frozen. Done
	 * again, it says the same; a block that was claimed before is left alone.
	 */
	void spread(Edition edition, Newsletter newsletter) {
		Instant frozenAt = edition.frozenAt();
		if (frozenAt == null || newsletter.sendWindow().isZero()) {
			return;
		}
		Duration window = window(newsletter, frozenAt, edition.uselessAfter());
		int blocks = this.jdbc.sql("SELECT COUNT(*) FROM delivery_block WHERE edition_id = ?")
			.param(edition.id())
			.query(Integer.class)
			.single();
		if (blocks > 1) {
			this.jdbc.sql("""
					UPDATE delivery_block b JOIN edition e ON e.id = b.edition_id
					SET b.next_at = e.frozen_at + INTERVAL (b.block * :micros) MICROSECOND
					WHERE b.edition_id = :edition AND b.fence = 0 AND b.next_at IS NULL AND NOT b.done
					""")
				.param("micros", TimeUnit.NANOSECONDS.toMicros(window.toNanos()) / blocks)
				.param("edition", edition.id())
				.update();
		}
	}

	/**
	 * Moves what was still to come when an edition was paused, by as long as it was
	 * paused: so it goes on steadily instead of all at once. What then remains still ends
	 * before the edition is useless.
	 */
	void resumed(Edition edition, Instant pausedAt, Instant now) {
		Duration left = Duration.between(now, edition.uselessAfter());
		if (left.isNegative()) {
			return;
		}
		this.jdbc.sql("""
				UPDATE delivery_block
				SET next_at = GREATEST(:now, LEAST(next_at + INTERVAL :micros MICROSECOND, :latest))
				WHERE edition_id = :edition AND fence = 0 AND NOT done AND next_at > :paused
				""")
			.param("now", now)
			.param("micros", TimeUnit.NANOSECONDS.toMicros(Duration.between(pausedAt, now).toNanos()))
			.param("latest", now.plus(left.multipliedBy(4).dividedBy(5)))
			.param("edition", edition.id())
			.param("paused", pausedAt)
			.update();
	}

}
