package dev.postrider.story.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.postrider.story.SourceException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * One request at a time to a host, and a pause between two.
 */
@Timeout(30)
class HostTurnsTests {

	private final ExecutorService pool = Executors.newFixedThreadPool(8);

	@AfterEach
	void stop() {
		this.pool.shutdownNow();
	}

	@Test
	void oneAtATime() throws Exception {
		HostTurns turns = turns(Duration.ZERO, Duration.ofSeconds(20));
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		List<Future<?>> all = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			String host = (i % 2 == 0) ? "news.example" : "NEWS.example";
			all.add(this.pool.submit(() -> {
				HostTurns.Turn turn = turns.take(host);
				most.accumulateAndGet(inside.incrementAndGet(), Math::max);
				Thread.yield();
				inside.decrementAndGet();
				turn.end();
			}));
		}
		for (Future<?> each : all) {
			each.get();
		}
		assertThat(most).hasValue(1);
	}

	@Test
	void aPauseAfterEachRequestToTheSameHostOnly() {
		Duration gap = Duration.ofMillis(60);
		HostTurns turns = turns(gap, Duration.ofSeconds(20));
		turns.take("one.example").end();
		long end = System.nanoTime();
		HostTurns.Turn other = turns.take("two.example");
		turns.take("one.example").end();
		// Never less; how much more is the machine's affair.
		assertThat(System.nanoTime() - end).isGreaterThan(gap.toNanos() - TimeUnit.MILLISECONDS.toNanos(5));
		other.end();
	}

	@Test
	void nobodyWaitsForeverAndNobodyElseIsKeptFromATurn() throws Exception {
		HostTurns turns = turns(Duration.ZERO, Duration.ofMillis(50));
		HostTurns.Turn held = turns.take("slow.example");
		Future<?> late = this.pool
			.submit(() -> assertThatExceptionOfType(SourceException.class).isThrownBy(() -> turns.take("slow.example"))
				.withMessageContaining("slow.example was still answering other requests of ours"));
		late.get();
		turns.take("quick.example").end();
		held.end();
		turns.take("slow.example").end();
	}

	@Test
	void hostsAreForgottenSoThatTheyDoNotPileUp() {
		HostTurns turns = turns(Duration.ZERO, Duration.ofSeconds(20));
		HostTurns.Turn held = turns.take("held.example");
		for (int i = 0; i < 5000; i++) {
			turns.take("host-" + i + ".example").end();
		}
		assertThat(turns.known()).isLessThan(600);
		held.end();
	}

	private static HostTurns turns(Duration gap, Duration patience) {
		return new HostTurns(new StorySettings(List.of(), null, DataSize.ofMegabytes(1), Duration.ofSeconds(2),
				Duration.ofSeconds(2), Duration.ofMinutes(10), Duration.ofHours(6), 4, gap, patience));
	}

}
