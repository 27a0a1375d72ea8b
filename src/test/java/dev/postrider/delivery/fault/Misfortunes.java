package dev.postrider.delivery.fault;

import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import dev.postrider.testing.PostriderProcess;
import dev.postrider.testing.TcpProxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What can go wrong in the middle of an edition, at any size: small in every build, large
 * in the long tests.
 */
final class Misfortunes {

	private static final String ONE_CLICK = "application/x-www-form-urlencoded";

	private Misfortunes() {
	}

	/** SIGKILL at random moments, each time followed by a new start. */
	static void kills(FaultStage stage, int readers, int kills) throws SQLException {
		Random random = new Random(readers + kills);
		FaultEdition edition = stage.running().begin(readers);
		int sent = 0;
		for (int i = 0; i < kills; i++) {
			sent += 1 + random.nextInt((readers - sent) / (kills - i + 1));
			edition.awaitSent(sent);
			stage.process().kill();
			stage.running();
		}
		edition.awaitEnd();
		edition.assertAllSent(readers, kills * 2 * FaultStage.LANES);
	}

	/**
	 * Connections to the relay break at random, in the middle of what we say and before
	 * an answer, also the one after the final dot.
	 */
	static void cuts(FaultStage stage, int readers, double odds) throws SQLException {
		Random random = new Random(readers);
		AtomicInteger cuts = new AtomicInteger();
		FaultEdition edition = stage.running().compose(FaultReaders.plain(readers));
		stage.relay().breakWhen(() -> strikes(random, odds, cuts), () -> strikes(random, odds, cuts));
		try {
			edition.send(stage.process());
			edition.awaitEnd();
		}
		finally {
			stage.relay().breakWhen(() -> false, () -> false);
		}
		assertThat(cuts).as("cut connections").hasPositiveValue();
		assertThat(edition.count("status = 'SENT'") + edition.count("status = 'FAILED' AND d.unclear"))
			.isEqualTo(readers);
		edition.assertLedgerAndSinkAgree(cuts.get());
	}

	/** Some replies come later than anybody waits for them. */
	static void lateReplies(FaultStage stage, int readers, double odds, Duration late) throws SQLException {
		Random random = new Random(readers);
		AtomicInteger times = new AtomicInteger();
		FaultEdition edition = stage.running().compose(FaultReaders.plain(readers));
		stage.relay().holdReplies(() -> strikes(random, odds, times) ? late : Duration.ZERO);
		edition.send(stage.process());
		edition.awaitEnd();
		assertThat(times).as("late replies").hasPositiveValue();
		assertThat(edition.count("status = 'SENT'") + edition.count("status = 'FAILED' AND d.unclear"))
			.isEqualTo(readers);
		edition.assertLedgerAndSinkAgree(times.get());
	}

	private static synchronized boolean strikes(Random random, double odds, AtomicInteger cuts) {
		boolean strikes = random.nextDouble() < odds;
		if (strikes) {
			cuts.incrementAndGet();
		}
		return strikes;
	}

	/** The relay is not there at the start, later for some seconds, then for moments. */
	static void relayAway(FaultStage stage, int readers) throws SQLException {
		stage.running().relay().cut();
		FaultEdition edition = stage.begin(readers);
		await().until(() -> stage.process().log().contains("does not answer"));
		assertThat(edition.count("attempts > 0")).as("no reader is blamed").isZero();
		stage.relay().restore();
		edition.awaitSent(readers / 6);
		away(stage.relay(), Duration.ofSeconds(4));
		// Only what was in flight may have been tried for nothing.
		assertThat(edition.count("status = 'DEFERRED'")).isLessThanOrEqualTo(FaultStage.LANES);
		for (int sent = readers / 3; sent <= readers * 2 / 3; sent += readers / 6) {
			edition.awaitSent(sent);
			away(stage.relay(), Duration.ZERO);
		}
		edition.awaitEnd();
		// A copy may be unclear at each break, once a lane.
		edition.assertAllSent(readers, 4 * FaultStage.LANES);
	}

	/** The database cannot be reached for a while. */
	static void databaseAway(FaultStage stage, int readers, Duration pause) throws SQLException {
		FaultEdition edition = stage.running().begin(readers);
		edition.awaitSent(readers / 4);
		away(stage.databaseProxy(), pause);
		edition.awaitEnd();
		edition.assertAllSent(readers, 2 * FaultStage.LANES);
	}

	/** The same while a file of readers is taken in. */
	static void importKills(FaultStage stage, int rows, int kills) {
		Random random = new Random(rows + kills);
		FaultImport file = FaultImport.begin(stage.running(), rows);
		int taken = 0;
		for (int i = 0; i < kills; i++) {
			taken += 1 + random.nextInt((rows - taken) / (kills - i + 2));
			file.awaitTaken(taken);
			stage.process().kill();
			file.assertUnderWay();
			stage.running();
		}
		file.assertEachTakenInOnce();
	}

	/**
	 * Of two processes the one that sends, and takes in a file of readers, is killed; the
	 * other goes on with both by itself, and is the stage's from then on.
	 */
	static void takenOver(FaultStage stage, int readers) throws SQLException {
		FaultEdition edition = stage.running().compose(FaultReaders.plain(readers));
		PostriderProcess other = stage.another();
		FaultImport file = FaultImport.stuck(stage, 2 * readers);
		edition.send(stage.process());
		edition.awaitSent(readers / 4);
		stage.process().kill();
		file.assertUnderWay();
		file.letGo();
		stage.use(other);
		edition.awaitEnd();
		edition.assertAllSent(readers, 2 * FaultStage.LANES);
		file.assertEachTakenInOnce();
		assertThat(other.log()).contains("is continued");
	}

	/**
	 * Readers leave by one click while the edition is on its way. Who left before the
	 * page with his row was read does not get it.
	 */
	static void leaving(FaultStage stage, int readers, int leavers, int pageSize) throws SQLException {
		stage.sink().clear();
		FaultEdition first = stage.running().begin(readers);
		first.awaitEnd();
		List<Map.Entry<String, List<String>>> links = new ArrayList<>(stage.sink().unsubscribeLinks().entrySet());
		assertThat(links).hasSize(readers);
		links.sort(Map.Entry.comparingByKey());
		Collections.shuffle(links, new Random(leavers));
		stage.sink().clear();
		FaultEdition edition = first.next();
		edition.send(stage.process());
		edition.awaitSent(1);
		links.subList(0, leavers).forEach((link) -> {
			String path = URI.create(link.getValue().get(0)).getPath();
			assertThat(stage.process().send(path, ONE_CLICK, "List-Unsubscribe=One-Click").statusCode()).isEqualTo(200);
		});
		edition.awaitEnd();
		edition.assertLedgerAndSinkAgree(0);
		assertThat(edition.count("status = 'SENT'") + edition.count("status = 'SKIPPED'")).isEqualTo(readers);
		assertThat(edition.count("status = 'SKIPPED'")).as("who left in time").isPositive();
		assertNobodyLeftBeforeHisPage(stage, edition, pageSize);
	}

	/**
	 * A page is read after the messages of the page before it in its block, but for those
	 * that are passed over for a while; so nobody on it can have left before the first of
	 * them.
	 */
	private static void assertNobodyLeftBeforeHisPage(FaultStage stage, FaultEdition edition, int pageSize)
			throws SQLException {
		try (Connection connection = stage.connect(); PreparedStatement statement = connection.prepareStatement("""
				SELECT d.seq FROM delivery d
				JOIN edition e ON e.id = d.edition_id
				JOIN subscription u ON u.newsletter_id = e.newsletter_id AND u.subscriber_id = d.subscriber_id
				JOIN delivery_block b ON b.edition_id = d.edition_id AND d.seq BETWEEN b.from_seq AND b.to_seq
				WHERE d.edition_id = ? AND d.status = 'SENT' AND u.left_at < (
				  SELECT MIN(p.at) FROM delivery p
				  WHERE p.edition_id = d.edition_id AND p.seq >= b.from_seq
				  AND p.seq BETWEEN b.from_seq + ((d.seq - b.from_seq) DIV ? - 1) * ?
				    AND b.from_seq + (d.seq - b.from_seq) DIV ? * ? - 1)
				""")) {
			statement.setLong(1, edition.id());
			for (int i = 2; i <= 5; i++) {
				statement.setInt(i, pageSize);
			}
			try (ResultSet row = statement.executeQuery()) {
				assertThat(row.next()).as("somebody got it who had left before his page was read").isFalse();
			}
		}
	}

	static void away(TcpProxy proxy, Duration pause) {
		proxy.cut();
		await().pollDelay(pause).atMost(pause.plusSeconds(10)).until(() -> true);
		proxy.restore();
	}

}
