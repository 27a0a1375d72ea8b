package dev.postrider.subscription.list;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.postrider.SqlTime;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What {@link SignUpIntake} took down about an address and has not worked off: rows that
 * stay for moments, or until a fault is mended.
 */
@Repository
class WaitingSignUps {

	private final JdbcClient jdbc;

	private final JsonMapper json;

	WaitingSignUps(JdbcClient jdbc, JsonMapper json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	/** What is known by them of an address, by name. */
	List<Map<String, Object>> of(EmailAddress address) {
		return find(address).stream().map(Row::columns).toList();
	}

	/**
	 * Deletes those of an address, inside the caller's transaction. One that is just
	 * being worked off is passed over: it waits for the subscriber, whom the caller has
	 * locked.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void forget(EmailAddress address) {
		List<Long> ids = find(address).stream().map(Row::id).toList();
		if (!ids.isEmpty()) {
			List<Long> free = this.jdbc.sql("SELECT id FROM sign_up WHERE id IN (:ids) FOR UPDATE SKIP LOCKED")
				.param("ids", ids)
				.query(Long.class)
				.list();
			free.forEach((id) -> this.jdbc.sql("DELETE FROM sign_up WHERE id = ?").param(id).update());
		}
	}

	/**
	 * All are looked at: there are few. By letter afterwards, for the text's collation is
	 * wide.
	 */
	private List<Row> find(EmailAddress address) {
		return this.jdbc.sql("""
				SELECT w.id, n.slug, w.content, w.created_at FROM sign_up w JOIN newsletter n ON n.id = w.newsletter_id
				WHERE LOCATE(?, w.content) > 0
				""").param(address.key()).query(this::row).list().stream().filter((row) -> row.isOf(address)).toList();
	}

	private Row row(ResultSet row, int index) throws SQLException {
		return new Row(row.getLong("id"), row.getString("slug"), this.json.readTree(row.getString("content")),
				SqlTime.at(row, "created_at"));
	}

	private record Row(long id, String newsletter, JsonNode content, Instant createdAt) {

		Map<String, Object> columns() {
			Map<String, Object> columns = new LinkedHashMap<>();
			columns.put("newsletter", this.newsletter);
			columns.put("created_at", this.createdAt);
			columns.put("email", text("address", "value"));
			columns.put("name", text("name"));
			columns.put("wording", text("wording", "text"));
			columns.put("ip", text("evidence", "ip"));
			columns.put("user_agent", text("evidence", "userAgent"));
			columns.put("page", text("evidence", "page"));
			return columns;
		}

		private String text(String... path) {
			JsonNode node = this.content;
			for (String name : path) {
				node = node.path(name);
			}
			return node.asString("");
		}

		boolean isOf(EmailAddress address) {
			return new EmailAddress(text("address", "value")).key().equals(address.key());
		}

	}

}
