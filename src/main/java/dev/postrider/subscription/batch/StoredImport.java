package dev.postrider.subscription.batch;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.postrider.SqlTime;
import dev.postrider.subscription.ConsentWording;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of readers that was handed in, and how far the last pass over it is.
 *
 * @param id its key
 * @param newsletterId what its readers are subscribed to
 * @param requestedBy who handed it in
 * @param createdAt when
 * @param fileName what it was called there, if anybody said
 * @param rows how many it has
 * @param parts in how many parts it is kept
 * @param header the names of its columns
 * @param columns which column, from 0, holds what
 * @param consentSource where and how its readers agreed, if anybody said
 * @param pass how many passes were begun; 0: none
 * @param dry whether the last pass only tells what would happen
 * @param runId the run that began the last pass
 * @param doneLine the rows up to this line are done
 * @param taken rows that the pass took in, or that were so already
 * @param rejected rows that it did not
 * @param finishedAt when the pass was through
 */
public record StoredImport(long id, long newsletterId, String requestedBy, Instant createdAt, @Nullable String fileName,
		int rows, int parts, List<String> header, Map<String, Integer> columns, @Nullable String consentSource,
		int pass, boolean dry, @Nullable Long runId, int doneLine, int taken, int rejected,
		@Nullable Instant finishedAt) {

	private static final JsonMapper JSON = JsonMapper.shared();

	/** Whether its readers are in; the file itself is gone then. */
	public boolean isTakenIn() {
		return this.pass > 0 && !this.dry && this.finishedAt != null;
	}

	/** Whether a pass was begun that is not through. */
	public boolean isUnderWay() {
		return this.pass > 0 && this.finishedAt == null;
	}

	/** Whether a dry pass has told what would happen. */
	public boolean isChecked() {
		return this.pass > 0 && this.dry && this.finishedAt != null;
	}

	/** What makes its pass a run of its own. */
	Map<String, String> identity() {
		return Map.of(ImportJob.IDENTITY, String.valueOf(this.id), ImportJob.PASS, String.valueOf(this.pass));
	}

	/** What the consent record says of its readers. */
	@Nullable ConsentWording wording() {
		return (this.consentSource != null) ? new ConsentWording("import-" + this.id, this.consentSource) : null;
	}

	/** Lists and maps as they are stored. */
	static String text(Object value) {
		return JSON.writeValueAsString(value);
	}

	static StoredImport of(ResultSet row, int index) throws SQLException {
		long run = row.getLong("run_id");
		boolean ran = !row.wasNull();
		return new StoredImport(row.getLong("id"), row.getLong("newsletter_id"), row.getString("requested_by"),
				SqlTime.at(row, "created_at"), row.getString("file_name"), row.getInt("row_count"),
				row.getInt("part_count"),
				JSON.readValue(row.getString("header"), new TypeReference<ArrayList<String>>() {
				}), JSON.readValue(row.getString("columns_used"), new TypeReference<TreeMap<String, Integer>>() {
				}), row.getString("consent_source"), row.getInt("pass"), row.getBoolean("dry"), ran ? run : null,
				row.getInt("done_line"), row.getInt("taken"), row.getInt("rejected"),
				SqlTime.orNull(row, "finished_at"));
	}

}
