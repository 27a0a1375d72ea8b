package dev.postrider.subscription.list;

import java.util.Collection;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Deletes subscribers who never confirmed anything. Their rows of the consent ledger
 * stay, as numbers without a person.
 */
@Repository
class UnconfirmedSubscribers {

	/** By indexes that begin with the subscriber; last what the others point to. */
	private static final List<String> STATEMENTS = List.of(
			"DELETE FROM consent_evidence WHERE consent_id IN (SELECT id FROM consent WHERE subscriber_id IN (:ids))",
			"DELETE FROM subscriber_status_change WHERE subscriber_id IN (:ids)",
			"DELETE FROM subscriber_attribute WHERE subscriber_id IN (:ids)",
			"DELETE FROM subscription WHERE subscriber_id IN (:ids)", "DELETE FROM subscriber WHERE id IN (:ids)");

	private final JdbcClient jdbc;

	UnconfirmedSubscribers(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Deletes some, inside the caller's transaction, which has locked them.
	 * @param ids at least one
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void delete(Collection<Long> ids) {
		STATEMENTS.forEach((sql) -> this.jdbc.sql(sql).param("ids", ids).update());
	}

}
