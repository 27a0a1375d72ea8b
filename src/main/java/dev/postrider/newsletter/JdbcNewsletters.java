package dev.postrider.newsletter;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcNewsletters implements Newsletters {

	private final JdbcClient jdbc;

	private final NewsletterProperties defaults;

	private final StoredRules rules;

	JdbcNewsletters(JdbcClient jdbc, NewsletterProperties defaults, StoredRules rules) {
		this.jdbc = jdbc;
		this.defaults = defaults;
		this.rules = rules;
	}

	@Override
	public List<Newsletter> all() {
		return this.jdbc.sql("SELECT * FROM newsletter ORDER BY name").query(this::read).list();
	}

	@Override
	public Optional<Newsletter> find(String slug) {
		return this.jdbc.sql("SELECT * FROM newsletter WHERE slug = ?").param(slug).query(this::read).optional();
	}

	@Override
	public Optional<Newsletter> find(long id) {
		return this.jdbc.sql("SELECT * FROM newsletter WHERE id = ?").param(id).query(this::read).optional();
	}

	@Override
	public PickingRules rules(long newsletterId) {
		return this.rules.of(newsletterId);
	}

	@Override
	public void changeRules(long newsletterId, PickingRules rules) {
		this.rules.change(newsletterId, rules);
	}

	@Override
	public void changeStories(long newsletterId, int stories, Duration window) {
		if (stories < 1 || window.toHours() < 1) {
			throw new IllegalArgumentException(
					stories + " stories of " + window + ": wanted is at least 1 story and 1 hour");
		}
		this.jdbc.sql("UPDATE newsletter SET story_count = ?, story_window_hours = ? WHERE id = ?")
			.params(stories, window.toHours(), newsletterId)
			.update();
	}

	@Override
	public void changeSendWindow(long newsletterId, Duration window) {
		if (window.isNegative()) {
			throw new IllegalArgumentException(window + ": a send window cannot be negative");
		}
		this.jdbc.sql("UPDATE newsletter SET send_window_minutes = ? WHERE id = ?")
			.params(window.toMinutes(), newsletterId)
			.update();
	}

	@Override
	public boolean welcomes(long newsletterId) {
		return this.jdbc.sql("SELECT welcome FROM newsletter WHERE id = ?")
			.param(newsletterId)
			.query(Boolean.class)
			.optional()
			.orElse(false);
	}

	@Override
	public void changeWelcome(long newsletterId, boolean wanted) {
		this.jdbc.sql("UPDATE newsletter SET welcome = ? WHERE id = ?").params(wanted, newsletterId).update();
	}

	/** By the primary key. */
	@Override
	public List<Attribute> attributes(long newsletterId) {
		return this.jdbc
			.sql("SELECT name, label, fallback FROM newsletter_attribute WHERE newsletter_id = ? ORDER BY name")
			.param(newsletterId)
			.query((row, index) -> new Attribute(row.getString("name"), row.getString("label"),
					row.getString("fallback")))
			.list();
	}

	@Override
	public void declare(long newsletterId, Attribute attribute) {
		this.jdbc.sql("""
				INSERT INTO newsletter_attribute (newsletter_id, name, label, fallback)
				VALUES (:newsletter, :name, :label, :fallback)
				ON DUPLICATE KEY UPDATE label = :label, fallback = :fallback
				""")
			.param("newsletter", newsletterId)
			.param("name", attribute.name())
			.param("label", attribute.label())
			.param("fallback", attribute.fallback())
			.update();
	}

	/** By the primary key; readers' values go with it by the foreign key. */
	@Override
	public boolean forget(long newsletterId, String attribute) {
		this.jdbc.sql("""
				REPLACE INTO newsletter_former_attribute (newsletter_id, name, fallback)
				SELECT newsletter_id, name, fallback FROM newsletter_attribute WHERE newsletter_id = ? AND name = ?
				""").params(newsletterId, attribute).update();
		return this.jdbc.sql("DELETE FROM newsletter_attribute WHERE newsletter_id = ? AND name = ?")
			.params(newsletterId, attribute)
			.update() > 0;
	}

	/** By the primary key. */
	@Override
	public Map<String, String> formerFallbacks(long newsletterId) {
		Map<String, String> fallbacks = new HashMap<>();
		this.jdbc.sql("SELECT name, fallback FROM newsletter_former_attribute WHERE newsletter_id = ?")
			.param(newsletterId)
			.query((row) -> {
				fallbacks.put(row.getString(1), row.getString(2));
			});
		return fallbacks;
	}

	private Newsletter read(ResultSet row, int index) throws SQLException {
		String zone = row.getString("time_zone");
		return new Newsletter(row.getLong("id"), row.getString("slug"), row.getString("name"),
				row.getString("description"), orElse(row.getString("sender_name"), this.defaults.senderName()),
				orElse(row.getString("sender_email"), this.defaults.senderEmail()), row.getString("reply_to"),
				orElse(row.getString("postal_address"), this.defaults.postalAddress()), days(row.getInt("days")),
				row.getTime("send_time").toLocalTime(), (zone != null) ? ZoneId.of(zone) : this.defaults.timeZone(),
				row.getString("language"), row.getString("design"), row.getInt("story_count"),
				Duration.ofHours(row.getInt("story_window_hours")),
				Duration.ofMinutes(row.getInt("useless_after_minutes")),
				Duration.ofMinutes(row.getInt("send_window_minutes")));
	}

	private static String orElse(@Nullable String value, String other) {
		return Objects.requireNonNullElse(value, other);
	}

	private static Set<DayOfWeek> days(int bits) {
		return Arrays.stream(DayOfWeek.values())
			.filter((day) -> (bits & 1 << day.ordinal()) != 0)
			.collect(Collectors.toUnmodifiableSet());
	}

}
