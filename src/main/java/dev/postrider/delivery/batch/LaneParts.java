package dev.postrider.delivery.batch;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.postrider.Masked;
import dev.postrider.delivery.EditionMessages;
import dev.postrider.edition.EditionException;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.subscription.ReaderAttributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What every lane works with.
 */
@Component
record LaneParts(Blocks blocks, Ledger ledger, AckWriter writer, Outcomes outcomes, DeliveryProperties properties,
		Editions editions, Settlement settlement, Halts halts, ReaderAttributes attributes, JdbcClient jdbc) {

	private static final Logger logger = LoggerFactory.getLogger(LaneParts.class);

	/** The next rows of a block, with all that their readers' copies need. */
	List<LedgerRow> page(Blocks.Claim claim, EditionMessages messages, int afterSeq, Instant now) {
		long newsletterId = messages.newsletter().id();
		List<LedgerRow> rows = this.ledger.page(claim, newsletterId, messages.edition().date(), afterSeq, now,
				this.properties.pageSize());
		if (!messages.wantsAttributes()) {
			return rows;
		}
		Map<Long, Map<String, String>> known = this.attributes.of(newsletterId,
				rows.stream().map(LedgerRow::subscriberId).toList());
		return rows.stream().map((row) -> row.with(known.getOrDefault(row.subscriberId(), Map.of()))).toList();
	}

	EditionStatus statusOf(long editionId) {
		return EditionStatus.valueOf(
				this.jdbc.sql("SELECT status FROM edition WHERE id = ?").param(editionId).query(String.class).single());
	}

	/**
	 * Bounces that are not believed are taken back before, lest a crash keeps them, and
	 * after, with those that came meanwhile.
	 */
	void hold(long editionId, String reason) {
		this.settlement.takeBack(editionId);
		try {
			this.editions.changeStatus(editionId, EditionStatus.HELD, Masked.in(reason));
			logger.error("Edition {} is held: {}", editionId, Masked.in(reason));
		}
		catch (EditionException ex) {
			// Another lane saw it first, or it was cancelled.
			logger.debug("Edition {} is not held by this lane", editionId, ex);
		}
		this.settlement.takeBack(editionId);
	}

}
