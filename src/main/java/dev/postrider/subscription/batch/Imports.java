package dev.postrider.subscription.batch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.run.RunHistory;
import dev.postrider.run.RunLauncher;
import dev.postrider.run.RunRefusedException;
import dev.postrider.subscription.list.StoredAttributes;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;

/**
 * Receives files of readers and starts the runs that take them in.
 */
@Component
public class Imports {

	private static final int BATCH = 1000;

	private final JdbcClient jdbc;

	private final JdbcTemplate batches;

	private final RunLauncher launcher;

	private final RunHistory runs;

	private final StoredAttributes attributes;

	private final Clock clock;

	Imports(JdbcClient jdbc, JdbcTemplate batches, RunLauncher launcher, RunHistory runs, StoredAttributes attributes,
			Clock clock) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.launcher = launcher;
		this.runs = runs;
		this.attributes = attributes;
		this.clock = clock;
	}

	/**
	 * Stores a file, row by row as it comes, and starts a run over it.
	 * @param newsletter what its readers are subscribed to
	 * @param file UTF-8; its first line names the columns
	 * @param actor who hands it in
	 * @return the run and the number of rows
	 * @throws ImportException when the file as a whole is wrong; nothing of it is kept
	 * @throws RunRefusedException when no run can start now; nothing of it is kept
	 */
	public Started start(Newsletter newsletter, InputStream file, String actor) throws ImportException {
		long id = create(newsletter, actor);
		boolean started = false;
		try {
			int rows = store(id, this.attributes.names(newsletter.id()), file);
			long runId = this.launcher.start(ImportJob.NAME, Map.of(ImportJob.IDENTITY, String.valueOf(id)), actor);
			started = true;
			return new Started(runId, rows);
		}
		catch (CharacterCodingException ex) {
			throw new ImportException("The file is not in UTF-8; save it anew as \"CSV UTF-8\".");
		}
		catch (IOException ex) {
			throw new ImportException("The file did not arrive whole; send it again.");
		}
		finally {
			if (!started) {
				this.jdbc.sql("DELETE FROM subscriber_import WHERE id = ?").param(id).update();
			}
		}
	}

	/**
	 * The rows that a run did not take in, in the order of the file, by primary key.
	 * @return whether there is such a run
	 */
	public boolean rejected(long runId, Consumer<ImportRow> rows) {
		return this.runs.find(runId).filter((run) -> run.job().equals(ImportJob.NAME)).map((run) -> {
			long id = Long.parseLong(Objects.requireNonNull(run.identity().get(ImportJob.IDENTITY)));
			int after = 0;
			List<ImportRow> page;
			do {
				page = this.jdbc.sql("""
						SELECT * FROM subscriber_import_row
						WHERE import_id = ? AND line > ? AND rejected_because IS NOT NULL ORDER BY line LIMIT ?
						""").params(id, after, BATCH).query(ImportRow::of).list();
				page.forEach(rows);
				after = page.isEmpty() ? after : page.get(page.size() - 1).line();
			}
			while (page.size() == BATCH);
			return true;
		}).orElse(false);
	}

	private long create(Newsletter newsletter, String actor) {
		GeneratedKeyHolder key = new GeneratedKeyHolder();
		this.jdbc.sql("INSERT INTO subscriber_import (newsletter_id, requested_by, created_at) VALUES (?, ?, ?)")
			.params(newsletter.id(), actor, this.clock.instant())
			.update(key);
		return Objects.requireNonNull(key.getKey()).longValue();
	}

	/**
	 * Whether a column of that name is no attribute's, whatever its letter case.
	 * @param name of a column
	 */
	public static boolean isReserved(String name) {
		return Stream.concat(ImportRow.COLUMNS.stream(), ImportRow.RESERVED.stream()).anyMatch(name::equalsIgnoreCase);
	}

	/** The attributes that the newsletter of a run's file has. */
	public List<String> attributes(long runId) {
		return this.runs.find(runId)
			.filter((run) -> run.job().equals(ImportJob.NAME))
			.flatMap((run) -> this.jdbc.sql("SELECT newsletter_id FROM subscriber_import WHERE id = ?")
				.param(run.identity().get(ImportJob.IDENTITY))
				.query(Long.class)
				.optional())
			.map(this.attributes::names)
			.orElse(List.of());
	}

	private int store(long id, List<String> attributes, InputStream file) throws IOException, ImportException {
		// The decoder reports what is not UTF-8 rather than replacing it.
		CsvReader csv = new CsvReader(
				new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8.newDecoder())));
		List<String> header = csv.header().stream().map((it) -> column(it.strip(), attributes)).toList();
		if (!header.contains("email")
				|| !header.stream().allMatch((it) -> ImportRow.COLUMNS.contains(it) || attributes.contains(it))) {
			throw new ImportException("The first line names the columns: email, and if wanted name, days, topics, "
					+ "status" + (attributes.isEmpty() ? "" : ", " + String.join(", ", attributes)) + ". It reads: "
					+ cut(String.join(",", header), 100));
		}
		List<@Nullable Object[]> batch = new ArrayList<>();
		int rows = 0;
		for (List<String> record = csv.next(); record != null; record = csv.next()) {
			if (record.size() > header.size()) {
				throw new ImportException("Line " + csv.recordLine() + " has " + record.size() + " fields, the header "
						+ header.size() + "; put fields that contain a comma in quotation marks.");
			}
			batch.add(row(id, csv.recordLine(), header, record, attributes));
			rows++;
			if (batch.size() == BATCH) {
				insert(batch);
			}
		}
		insert(batch);
		return rows;
	}

	/** Letter case does not matter in a file. */
	private static String column(String name, List<String> attributes) {
		return attributes.stream()
			.filter(name::equalsIgnoreCase)
			.findFirst()
			.orElseGet(() -> name.toLowerCase(Locale.ROOT));
	}

	private static @Nullable Object[] row(long id, int line, List<String> header, List<String> record,
			List<String> attributes) {
		List<@Nullable Object> row = new ArrayList<>(List.of(id, line));
		for (String column : ImportRow.COLUMNS) {
			int index = header.indexOf(column);
			String value = (index >= 0 && index < record.size()) ? record.get(index).strip() : "";
			row.add(cut(value, column.equals("topics") ? 1000 : 400));
		}
		// An empty cell says nothing: what is known stays.
		Map<String, String> known = new TreeMap<>();
		for (int i = 0; i < Math.min(header.size(), record.size()); i++) {
			if (attributes.contains(header.get(i)) && !record.get(i).isBlank()) {
				known.put(header.get(i), cut(record.get(i).strip(), StoredAttributes.LONGEST + 1));
			}
		}
		row.add(ImportRow.text(known));
		return row.toArray();
	}

	private void insert(List<@Nullable Object[]> batch) {
		this.batches.batchUpdate("""
				INSERT INTO subscriber_import_row (import_id, line, email, name, days, topics, status, attributes)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?)""", batch);
		batch.clear();
	}

	private static String cut(String text, int longest) {
		return (text.length() <= longest) ? text : text.substring(0, longest);
	}

	/**
	 * A run over a file.
	 *
	 * @param runId its id
	 * @param rows the rows of the file
	 */
	public record Started(long runId, int rows) {
	}

}
