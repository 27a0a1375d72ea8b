package dev.postrider.subscription.batch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.postrider.run.RunHistory;
import dev.postrider.subscription.list.EmailAddress;
import dev.postrider.subscription.list.NewReaders;

import org.springframework.stereotype.Component;

/**
 * The files that were handed in, and what became of their rows.
 */
@Component
public class ImportHistory {

	private static final int LIST = 50;

	private static final int SAMPLE = 3;

	private final StoredImports imports;

	private final FileParts parts;

	private final NewReaders readers;

	private final RunHistory runs;

	ImportHistory(StoredImports imports, FileParts parts, NewReaders readers, RunHistory runs) {
		this.imports = imports;
		this.parts = parts;
		this.readers = readers;
		this.runs = runs;
	}

	/** A file that is kept. */
	public Optional<StoredImport> find(long id) {
		return this.imports.find(id);
	}

	/** The file that a run was over, if that is known and no later run was. */
	public Optional<StoredImport> ofRun(long runId) {
		return this.runs.find(runId)
			.filter((run) -> run.job().equals(ImportJob.NAME))
			.flatMap((run) -> this.imports.find(Long.parseLong(run.identity().getOrDefault(ImportJob.IDENTITY, "0")))
				.filter((file) -> file.identity().equals(run.identity())));
	}

	/** The newest files. */
	public List<StoredImport> latest() {
		return this.imports.latest(LIST);
	}

	/** The first rows of a file, as long as it is kept; none of an erased reader. */
	public List<List<String>> sample(StoredImport file) throws ImportException {
		try {
			CsvReader csv = new CsvReader(this.parts.open(file));
			csv.header();
			List<List<String>> rows = new ArrayList<>();
			for (List<String> row = csv.next(); row != null && rows.size() < SAMPLE; row = csv.next()) {
				List<EmailAddress> addresses = row.stream()
					.flatMap((cell) -> Stream.ofNullable(RowCheck.within(cell)))
					.toList();
				if (this.readers.forgotten(addresses).isEmpty()) {
					rows.add(row);
				}
			}
			return rows;
		}
		catch (IOException ex) {
			// A run may have taken it in just now.
			if (this.imports.find(file.id()).filter((it) -> !it.isTakenIn()).isEmpty()) {
				return List.of();
			}
			throw new ImportException("The stored file cannot be read: " + ex.getMessage());
		}
	}

	/** The rows that the last run over a file rejected, in the file's order. */
	public void rejected(StoredImport file, Consumer<ImportRow> rows) {
		this.imports.rejected(file.id(), rows);
	}

}
