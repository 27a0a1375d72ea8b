package dev.postrider.delivery;

import java.util.List;

import dev.postrider.edition.EditionException;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * All by primary keys that begin with the edition.
 */
@Component
class JdbcAudienceRelease implements AudienceRelease {

	private static final List<String> OF_THE_AUDIENCE = List.of("delivery", "delivery_block", "delivery_exclusion",
			"variant", "variant_pick", "edition_topics", "edition_variant");

	private final JdbcClient jdbc;

	private final TransactionOperations transactions;

	JdbcAudienceRelease(JdbcClient jdbc, TransactionOperations transactions) {
		this.jdbc = jdbc;
		this.transactions = transactions;
	}

	@Override
	public void release(long editionId) {
		this.transactions.executeWithoutResult((status) -> {
			boolean frozen = this.jdbc.sql("SELECT frozen_at IS NOT NULL FROM edition WHERE id = ? FOR UPDATE")
				.param(editionId)
				.query(Boolean.class)
				.single();
			if (!isReleasable(editionId)) {
				if (!frozen) {
					return;
				}
				throw new EditionException("Edition " + editionId
						+ " cannot be taken up again: it is not held, or mails of it have left already. Go on sending it, or stop it for good.");
			}
			OF_THE_AUDIENCE.forEach((table) -> this.jdbc.sql("DELETE FROM " + table + " WHERE edition_id = ?")
				.param(editionId)
				.update());
			this.jdbc.sql("UPDATE edition SET frozen_at = NULL, candidates = NULL, started_at = NULL WHERE id = ?")
				.param(editionId)
				.update();
		});
	}

	@Override
	public boolean isReleasable(long editionId) {
		return this.jdbc.sql("""
				SELECT e.status = 'HELD' AND NOT EXISTS (SELECT 1 FROM delivery d
				  WHERE d.edition_id = e.id AND (d.attempts > 0 OR d.status <> 'PENDING'))
				FROM edition e WHERE e.id = ?
				""").param(editionId).query(Boolean.class).single();
	}

}
