package dev.postrider.monitor.problem;

import java.time.Instant;
import java.util.Optional;

import dev.postrider.subscription.ConsentLedger.Check;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LedgerProblemCheckTests {

	private static final Instant AT = Instant.parse("2026-11-23T02:00:00Z");

	@Test
	void namesTheBrokenRow() {
		String broken = "Row 7 of chain 3 (consent 99) was changed.";
		assertThat(new LedgerProblemCheck(() -> Optional.of(new Check(AT, 6, broken))).find()).singleElement()
			.satisfies((finding) -> {
				assertThat(finding.key()).startsWith("consents:");
				assertThat(finding.message()).isEqualTo(broken);
				assertThat(finding.remedy()).contains("consent-check").hasSizeLessThan(500);
			});
	}

	@Test
	void hasNothingToSayOfAWholeLedgerOrBeforeTheFirstCheck() {
		assertThat(new LedgerProblemCheck(() -> Optional.of(new Check(AT, 7, null))).find()).isEmpty();
		assertThat(new LedgerProblemCheck(Optional::empty).find()).isEmpty();
	}

}
