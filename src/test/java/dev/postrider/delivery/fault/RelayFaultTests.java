package dev.postrider.delivery.fault;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.postrider.testing.SmtpSink;
import dev.postrider.testing.TcpProxy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two relays, of which the first has limits, dies and comes back, and a process that is
 * killed: the whole of it with processes of their own. In small,
 * {@code mail.relay.FailoverTests} and {@code RelayLimitTests} show the same in every
 * build.
 */
@Tag("faults")
class RelayFaultTests {

	private static final int READERS = 10_000;

	private static final int MOST_OF_FIRST = 4_000;

	/**
	 * Of the first thousand; two lanes find its connections in use and take the other.
	 */
	private static final int LEAST_OF_FIRST = 500;

	@Test
	void oneOfTwoRelaysDiesAndComesBackAndItsLimitHoldsOverAKill() throws Exception {
		try (SmtpSink one = SmtpSink.start();
				SmtpSink other = SmtpSink.start();
				TcpProxy first = new TcpProxy(one.port());
				FaultStage stage = new FaultStage(settings(first, other))) {
			FaultEdition edition = stage.running().begin(READERS);
			edition.awaitSent(1_000);
			first.cut();
			edition.awaitSent(2_500);
			first.restore();
			edition.awaitSent(4_000);
			stage.process().kill();
			stage.running();
			edition.awaitEnd();
			assertThat(edition.count("status = 'SENT'")).isEqualTo(READERS);
			Map<String, List<String>> copies = new HashMap<>(one.copies());
			assertThat(copies.values().stream().mapToInt(List::size).sum()).as("messages that the first relay had")
				.isBetween(LEAST_OF_FIRST, MOST_OF_FIRST);
			other.copies().forEach((reader, ids) -> copies.merge(reader, ids, (a, b) -> {
				List<String> both = new ArrayList<>(a);
				both.addAll(b);
				return both;
			}));
			assertThat(copies).as("who has it").hasSize(READERS);
			// Of what was in flight at the cut and at the kill.
			assertThat(copies.values().stream().mapToInt(List::size).sum())
				.isLessThanOrEqualTo(READERS + 3 * FaultStage.LANES);
			assertThat(copies.values()).allMatch((ids) -> new HashSet<>(ids).size() == 1);
			int byFirst = edition.count("relay = 'first'");
			assertThat(byFirst).isBetween(LEAST_OF_FIRST - FaultStage.LANES, MOST_OF_FIRST);
			assertThat(edition.count("relay = 'second'")).isEqualTo(READERS - byFirst);
		}
	}

	@Test
	void lanesThatMeetALimitWaitAndBlameNobody() throws Exception {
		try (SmtpSink sink = SmtpSink.start()) {
			Map<String, String> settings = new LinkedHashMap<>();
			relay(settings, 0, "slow", sink.port());
			settings.put("postrider.mail.relays[0].per-second", "5");
			settings.put("postrider.mail.relays[0].connections", String.valueOf(FaultStage.LANES - 2));
			try (FaultStage stage = new FaultStage(settings)) {
				FaultEdition edition = stage.running().begin(60);
				edition.awaitEnd();
				assertThat(edition.count("status = 'SENT' AND d.attempts = 1")).isEqualTo(60);
				assertThat(sink.copies()).hasSize(60);
				assertThat(sink.copies().values()).allMatch((ids) -> ids.size() == 1);
			}
		}
	}

	private static Map<String, String> settings(TcpProxy first, SmtpSink second) {
		Map<String, String> settings = new LinkedHashMap<>();
		relay(settings, 0, "first", first.port());
		settings.put("postrider.mail.relays[0].per-day", String.valueOf(MOST_OF_FIRST));
		settings.put("postrider.mail.relays[0].connections", String.valueOf(FaultStage.LANES - 2));
		relay(settings, 1, "second", second.port());
		settings.put("postrider.mail.relays[1].order", "2");
		return settings;
	}

	private static void relay(Map<String, String> settings, int index, String name, int port) {
		String at = "postrider.mail.relays[" + index + "].";
		settings.put(at + "name", name);
		settings.put(at + "host", "127.0.0.1");
		settings.put(at + "port", String.valueOf(port));
	}

}
