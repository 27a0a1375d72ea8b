package dev.postrider.monitor.web;

import java.util.List;

import dev.postrider.delivery.DeliveryStatus;
import dev.postrider.Masked;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Deliveries that did not work, with masked addresses: the first ones show what is wrong,
 * the whole list is the API's.
 */
@Component
class FailedDeliveries {

	private static final int SHOWN = 50;

	private final JdbcClient jdbc;

	FailedDeliveries(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** The first of an edition in sending order; a range of the ledger's primary key. */
	List<Failed> of(long editionId) {
		return this.jdbc.sql("""
				SELECT d.status, d.attempts, d.reply, s.email FROM delivery d
				JOIN subscriber s ON s.id = d.subscriber_id
				WHERE d.edition_id = ? AND d.status IN ('FAILED', 'BOUNCED', 'DEFERRED') ORDER BY d.seq LIMIT ?
				""")
			.params(editionId, SHOWN)
			.query((row, index) -> new Failed(Masked.in(address(row.getString("email"))),
					Word.of(DeliveryStatus.valueOf(row.getString("status"))), row.getInt("attempts"),
					reply(row.getString("reply"))))
			.list();
	}

	private static String address(@Nullable String email) {
		return (email != null) ? email : "erased";
	}

	private static String reply(@Nullable String reply) {
		return (reply != null) ? Masked.in(reply) : "";
	}

	/**
	 * One that did not work.
	 */
	public record Failed(String reader, Word status, int attempts, String reply) {
	}

	/**
	 * A status for people.
	 */
	public record Word(String word, String tone) {

		static Word of(DeliveryStatus status) {
			return switch (status) {
				case BOUNCED -> new Word("Bounced", "warn");
				case DEFERRED -> new Word("Waiting", "busy");
				default -> new Word("Failed", "bad");
			};
		}

	}

}
