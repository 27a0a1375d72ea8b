package dev.postrider.subscription.batch;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * One record of the file, as written there.
 *
 * @param line where it stands
 * @param email the address
 * @param name may be empty
 * @param days names or codes, separated by spaces, commas, semicolons or bars; empty: all
 * @param topics separated by semicolons or bars; empty: all
 * @param status {@code ACTIVE} or empty, {@code UNSUBSCRIBED}, {@code SUPPRESSED},
 * {@code BOUNCED}, {@code COMPLAINED}
 * @param attributes what the newsletter's attributes are to be, by name
 * @param rejectedBecause why it was not taken in
 */
public record ImportRow(int line, String email, String name, String days, String topics, String status,
		Map<String, String> attributes, @Nullable String rejectedBecause) {

	private static final JsonMapper JSON = JsonMapper.shared();

	static final List<String> COLUMNS = List.of("email", "name", "days", "topics", "status");

	/** What readers choose beside those: no attribute may be taken for one of them. */
	static final List<String> RESERVED = List.of("language", "design");

	static ImportRow of(ResultSet row, int index) throws SQLException {
		return new ImportRow(row.getInt("line"), row.getString("email"), row.getString("name"), row.getString("days"),
				row.getString("topics"), row.getString("status"), attributes(row.getString("attributes")),
				row.getString("rejected_because"));
	}

	/** The same without what it says of a person: only where it stands. */
	ImportRow withoutPerson() {
		return new ImportRow(this.line, "", "", "", "", "", Map.of(), this.rejectedBecause);
	}

	/** Attributes as they are stored. */
	static @Nullable String text(Map<String, String> attributes) {
		return attributes.isEmpty() ? null : JSON.writeValueAsString(attributes);
	}

	private static Map<String, String> attributes(@Nullable String text) {
		return (text == null) ? Map.of() : JSON.readValue(text, new TypeReference<TreeMap<String, String>>() {
		});
	}

	/**
	 * As a line of the file of rejected rows.
	 * @param names the attributes that have a column there
	 */
	public List<String> fields(List<String> names) {
		List<String> fields = new ArrayList<>(
				List.of(String.valueOf(this.line), this.email, this.name, this.days, this.topics, this.status));
		names.forEach((attribute) -> fields.add(this.attributes.getOrDefault(attribute, "")));
		fields.add(String.valueOf(this.rejectedBecause));
		return fields;
	}

}
