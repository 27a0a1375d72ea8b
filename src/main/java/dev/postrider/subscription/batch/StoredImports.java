package dev.postrider.subscription.batch;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

import dev.postrider.subscription.batch.RowCheck.Wrong;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The rows of {@code subscriber_import} and {@code subscriber_import_row}; by primary key
 * unless said otherwise.
 */
@Repository
class StoredImports {

	private static final int BATCH = 1000;

	/** Characters of rejected_because. */
	private static final int LONGEST_REASON = 400;

	private final JdbcClient jdbc;

	private final JdbcOperations batches;

	StoredImports(JdbcClient jdbc, JdbcOperations batches) {
		this.jdbc = jdbc;
		this.batches = batches;
	}

	Optional<StoredImport> find(long id) {
		return this.jdbc.sql("SELECT * FROM subscriber_import WHERE id = ?")
			.param(id)
			.query(StoredImport::of)
			.optional();
	}

	/** The newest first. */
	List<StoredImport> latest(int most) {
		return this.jdbc.sql("SELECT * FROM subscriber_import WHERE header <> '[]' ORDER BY id DESC LIMIT ?")
			.param(most)
			.query(StoredImport::of)
			.list();
	}

	/** Makes room for a file on its way in. */
	long create(long newsletterId, @Nullable String fileName, @Nullable String consentSource, String actor,
			Instant now) {
		GeneratedKeyHolder key = new GeneratedKeyHolder();
		this.jdbc.sql("""
				INSERT INTO subscriber_import (newsletter_id, requested_by, created_at, file_name, header, columns_used,
				  consent_source)
				VALUES (:newsletter, :actor, :now, :name, '[]', '{}', :source)
				""")
			.param("newsletter", newsletterId)
			.param("actor", actor)
			.param("now", now)
			.param("name", fileName)
			.param("source", consentSource)
			.update(key);
		return Objects.requireNonNull(key.getKey()).longValue();
	}

	void received(long id, List<String> header, Map<String, Integer> columns, int rows, int parts) {
		this.jdbc
			.sql("""
					UPDATE subscriber_import SET header = :header, columns_used = :columns, row_count = :rows, part_count = :parts
					WHERE id = :id
					""")
			.param("header", StoredImport.text(header))
			.param("columns", StoredImport.text(columns))
			.param("rows", rows)
			.param("parts", parts)
			.param("id", id)
			.update();
	}

	void use(long id, Map<String, Integer> columns, @Nullable String consentSource) {
		this.jdbc.sql("UPDATE subscriber_import SET columns_used = :columns, consent_source = :source WHERE id = :id")
			.param("columns", StoredImport.text(columns))
			.param("source", consentSource)
			.param("id", id)
			.update();
	}

	/**
	 * Begins another pass, which forgets what the last one found.
	 * @return whether nobody else did since the file was looked at
	 */
	@Transactional
	public boolean begin(StoredImport file, boolean dry) {
		int changed = this.jdbc
			.sql("""
					UPDATE subscriber_import
					SET pass = pass + 1, dry = :dry, run_id = NULL, done_line = 0, taken = 0, rejected = 0, finished_at = NULL
					WHERE id = :id AND pass = :pass AND done_line = :line
					""")
			.param("dry", dry)
			.param("id", file.id())
			.param("pass", file.pass())
			.param("line", file.doneLine())
			.update();
		if (changed == 1) {
			this.jdbc.sql("DELETE FROM subscriber_import_row WHERE import_id = ?").param(file.id()).update();
		}
		return changed == 1;
	}

	void runs(long id, int pass, long runId) {
		this.jdbc.sql("UPDATE subscriber_import SET run_id = ? WHERE id = ? AND pass = ?")
			.params(runId, id, pass)
			.update();
	}

	/**
	 * Notes that rows are done; in the transaction in which they were.
	 * @throws IllegalStateException when somebody else has done them
	 */
	void note(StoredImport file, int from, int to, int rows, List<Wrong> rejected) {
		int changed = this.jdbc.sql("""
				UPDATE subscriber_import SET done_line = :to, taken = taken + :taken, rejected = rejected + :rejected
				WHERE id = :id AND pass = :pass AND done_line = :from
				""")
			.param("to", to)
			.param("taken", rows - rejected.size())
			.param("rejected", rejected.size())
			.param("id", file.id())
			.param("pass", file.pass())
			.param("from", from)
			.update();
		if (changed != 1) {
			throw new IllegalStateException("Another run works on file " + file.id() + ", or it was deleted");
		}
		this.batches.batchUpdate(
				"""
						INSERT INTO subscriber_import_row (import_id, line, email, email_key, name, days, topics, status, attributes,
						  rejected_because)
						VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
				rejected, BATCH, (statement, wrong) -> {
					ImportRow row = wrong.row();
					statement.setLong(1, file.id());
					statement.setInt(2, row.line());
					statement.setString(3, row.email());
					statement.setString(4, (wrong.address() != null) ? wrong.address().key() : null);
					statement.setString(5, row.name());
					statement.setString(6, row.days());
					statement.setString(7, row.topics());
					statement.setString(8, row.status());
					statement.setString(9, ImportRow.text(row.attributes()));
					statement.setString(10, cut(wrong.reason()));
				});
	}

	/**
	 * Ends a pass.
	 * @throws IllegalStateException when it has not come by every row
	 */
	void finish(StoredImport file, Instant now) {
		int changed = this.jdbc.sql("""
				UPDATE subscriber_import SET finished_at = ?
				WHERE id = ? AND pass = ? AND taken + rejected = row_count
				""").params(now, file.id(), file.pass()).update();
		if (changed != 1) {
			StoredImport last = find(file.id()).orElse(file);
			throw new IllegalStateException("File " + file.id() + " came in with " + file.rows() + " rows, of which "
					+ (last.taken() + last.rejected())
					+ " were found: the stored file is damaged. What was taken in stays; hand the file in anew for the rest.");
		}
	}

	/** In the order of the file, a page after the other. */
	void rejected(long id, Consumer<ImportRow> rows) {
		int after = 0;
		List<ImportRow> page;
		do {
			page = this.jdbc
				.sql("SELECT * FROM subscriber_import_row WHERE import_id = ? AND line > ? ORDER BY line LIMIT ?")
				.params(id, after, BATCH)
				.query(ImportRow::of)
				.list();
			page.forEach(rows);
			after = page.isEmpty() ? after : page.get(page.size() - 1).line();
		}
		while (page.size() == BATCH);
	}

	/** With its parts and rows. */
	void delete(long id) {
		this.jdbc.sql("DELETE FROM subscriber_import WHERE id = ?").param(id).update();
	}

	/**
	 * Files of which nothing was heard since a moment, and those that never came in
	 * whole; the whole table, which is short.
	 */
	List<StoredImport> untouchedSince(Instant before, Instant received) {
		return this.jdbc.sql("""
				SELECT * FROM subscriber_import
				WHERE COALESCE(finished_at, created_at) < :before OR (header = '[]' AND created_at < :received)
				""").param("before", before).param("received", received).query(StoredImport::of).list();
	}

	/** A reason may list all that there is to choose from; its column has an end. */
	private static String cut(String why) {
		return (why.codePointCount(0, why.length()) <= LONGEST_REASON) ? why
				: why.substring(0, why.offsetByCodePoints(0, LONGEST_REASON - 1)) + "…";
	}

}
