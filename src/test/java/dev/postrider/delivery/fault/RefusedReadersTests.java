package dev.postrider.delivery.fault;

import java.time.Duration;
import java.util.Map;
import java.util.function.IntFunction;

import dev.postrider.testing.PostfixRelay;
import dev.postrider.testing.TestRelay;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Readers whom a real relay refuses, each in his way: every delivery ends in the status
 * that is his, with the relay's words.
 */
@Tag("faults")
class RefusedReadersTests {

	/** One in a hundred of each kind. */
	private static final IntFunction<String> MIXED = (number) -> switch (number % 100) {
		case 10 -> "unknown" + number;
		case 30 -> "full" + number;
		case 50 -> "grey" + number;
		case 70 -> "blocked" + number;
		case 90 -> "slow" + number;
		default -> "reader" + number;
	};

	private static final int READERS = 5_000;

	@Test
	void eachEndsInItsOwnStatusWithTheReply() throws Exception {
		int sent = READERS * 96 / 100;
		try (PostfixRelay relay = PostfixRelay.start();
				FaultStage stage = new FaultStage(Map.of("spring.mail.port", String.valueOf(PostfixRelay.PORT),
						"postrider.delivery.first-retry", "5s", "postrider.delivery.longest-retry", "10s"))) {
			// Nobody whom the relay never lets in waits longer than it is news.
			FaultEdition edition = stage.running().extra(FaultReaders.plain(READERS).named(MIXED).usefulFor(2));
			edition.send(stage.process());
			edition.awaitEnd();
			int each = READERS / 100;
			assertThat(relay.delivered(sent)).hasSize(sent);
			assertThat(edition.count("status = 'SENT'")).isEqualTo(sent);
			assertThat(edition.count("status = 'SENT' AND d.reply LIKE '%queued as%' AND d.relay IS NOT NULL"))
				.isEqualTo(sent);
			assertThat(edition.count("status = 'BOUNCED' AND d.reply LIKE '%5.1.1%unknown%'")).isEqualTo(each);
			assertThat(edition.count("status = 'FAILED' AND d.reply LIKE '%5.2.2%full%'")).isEqualTo(each);
			assertThat(edition.count("status = 'FAILED' AND d.reply LIKE '%5.7.1%blocked%'")).isEqualTo(each);
			assertThat(edition.count("status = 'FAILED' AND d.attempts > 0 AND d.reply LIKE '%4.2.0%Greylisted%'"))
				.isEqualTo(each);
			assertThat(edition.count("status = 'BOUNCED' AND (SELECT s.status FROM subscriber s "
					+ "WHERE s.id = d.subscriber_id) = 'SUPPRESSED'"))
				.isEqualTo(each);
			assertThat(edition.count("status <> 'BOUNCED' AND (SELECT s.status FROM subscriber s "
					+ "WHERE s.id = d.subscriber_id) <> 'ACTIVE'"))
				.isZero();
		}
	}

	@Test
	void everybodyBehindGreylistingGetsItInTheEnd() throws Exception {
		TestRelay relay = TestRelay.get();
		try (FaultStage stage = new FaultStage(Map.of("spring.mail.port", String.valueOf(relay.port())))) {
			FaultEdition edition = stage.running()
				.begin(FaultReaders.plain(1_000).named((number) -> "grey" + number + "-" + System.nanoTime()));
			edition.awaitEnd();
			assertThat(edition.count("status = 'SENT' AND d.attempts = 2")).isEqualTo(1_000);
			assertThat(edition.readers("status = 'SENT'"))
				.allSatisfy((reader) -> assertThat(relay.to(reader)).hasSize(1));
		}
	}

	@Test
	void repliesThatComeTooLateAreTriedOnceMore() throws Exception {
		try (FaultStage stage = new FaultStage(Map.of("postrider.mail.read-timeout", "1s",
				"postrider.mail.write-timeout", "5s", "postrider.delivery.lease", "20s"))) {
			Misfortunes.lateReplies(stage, 2_000, 0.005, Duration.ofMillis(1_500));
		}
	}

}
