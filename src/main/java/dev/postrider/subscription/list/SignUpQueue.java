package dev.postrider.subscription.list;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.postrider.SqlTime;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.ConsentWording;
import dev.postrider.subscription.list.SignUps.SignUpOrder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The rows of {@code sign_up}: what was taken down and is not worked off yet.
 */
@Repository
class SignUpQueue {

	private final JdbcClient jdbc;

	private final Newsletters newsletters;

	private final JsonMapper json;

	SignUpQueue(JdbcClient jdbc, Newsletters newsletters, JsonMapper json) {
		this.jdbc = jdbc;
		this.newsletters = newsletters;
		this.json = json;
	}

	void add(SignUpOrder order) {
		this.jdbc.sql("""
				INSERT INTO sign_up (newsletter_id, content, attempts, next_attempt_at, created_at)
				VALUES (:newsletter, :content, 0, :now, :now)
				""")
			.param("newsletter", order.newsletter().id())
			.param("content", this.json.writeValueAsString(Content.of(order)))
			.param("now", order.at())
			.update();
	}

	/**
	 * Index sign_up_due, whose equals are in the order of their keys. Many at once: each
	 * look passes over the entries of those that are deleted and not yet cleared away.
	 */
	List<Long> due(Instant now, int most) {
		return this.jdbc.sql("SELECT id FROM sign_up WHERE next_attempt_at <= ? ORDER BY next_attempt_at, id LIMIT ?")
			.params(now, most)
			.query(Long.class)
			.list();
	}

	/**
	 * Those due that no other process has in hand, locked; index sign_up_due, as
	 * {@link #due}: of a short table the server would rather read all, and lock them.
	 */
	List<Row> take(Instant now, int most) {
		return this.jdbc.sql("""
				SELECT id, newsletter_id, content, attempts, created_at FROM sign_up FORCE INDEX (sign_up_due)
				WHERE next_attempt_at <= ? ORDER BY next_attempt_at, id LIMIT ? FOR UPDATE SKIP LOCKED
				""").params(now, most).query(Row::of).list();
	}

	/** Primary key; empty when another process has it in hand, or has worked it off. */
	Optional<Row> lock(long id, Instant now) {
		return this.jdbc.sql("""
				SELECT id, newsletter_id, content, attempts, created_at FROM sign_up
				WHERE id = ? AND next_attempt_at <= ? FOR UPDATE SKIP LOCKED
				""").params(id, now).query(Row::of).optional();
	}

	/** Without those whose newsletter is gone: nobody can sign up for it any more. */
	Map<Long, SignUpOrder> orders(List<Row> rows) {
		Map<Long, Optional<Newsletter>> found = new HashMap<>();
		Map<Long, SignUpOrder> orders = new LinkedHashMap<>();
		for (Row row : rows) {
			found.computeIfAbsent(row.newsletterId(), this.newsletters::find)
				.ifPresent((newsletter) -> orders.put(row.id(),
						this.json.readValue(row.content(), Content.class).order(newsletter, row.createdAt())));
		}
		return orders;
	}

	void delete(Collection<Long> ids) {
		if (!ids.isEmpty()) {
			this.jdbc.sql("DELETE FROM sign_up WHERE id IN (:ids)").param("ids", ids).update();
		}
	}

	/** Nothing is wrong with it, but it is not its time yet. */
	void keep(long id, Instant until) {
		this.jdbc.sql("UPDATE sign_up SET next_attempt_at = ? WHERE id = ?").params(until, id).update();
	}

	/** It failed, and is tried again then. */
	void putOff(long id, Instant until) {
		this.jdbc.sql("UPDATE sign_up SET attempts = attempts + 1, next_attempt_at = ? WHERE id = ?")
			.params(until, id)
			.update();
	}

	int deleteOlderThan(Instant moment) {
		// Worked off within moments, the table is as good as empty.
		return this.jdbc.sql("DELETE FROM sign_up WHERE created_at < ?").param(moment).update();
	}

	/**
	 * One of them.
	 *
	 * @param attempts how often it failed
	 * @param createdAt when it was taken down
	 */
	record Row(long id, long newsletterId, String content, int attempts, Instant createdAt) {

		static Row of(ResultSet row, int index) throws SQLException {
			return new Row(row.getLong("id"), row.getLong("newsletter_id"), row.getString("content"),
					row.getInt("attempts"), SqlTime.at(row, "created_at"));
		}

	}

	/** All of an order but the newsletter, which may have changed. */
	private record Content(EmailAddress address, @Nullable String name, Choice choice, ConsentWording wording,
			Evidence evidence) {

		static Content of(SignUpOrder order) {
			return new Content(order.address(), order.name(), order.choice(), order.wording(), order.evidence());
		}

		SignUpOrder order(Newsletter newsletter, Instant at) {
			return new SignUpOrder(newsletter, this.address, this.name, this.choice, this.wording, this.evidence, at);
		}

	}

}
