package dev.postrider.subscription.batch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Map;

import org.springframework.stereotype.Component;

/**
 * Reads a file once as it comes in, and keeps it: what is wrong with it as a whole shows
 * before anybody waits for a run.
 */
@Component
class Reception {

	/** Characters of a column's name that are kept. */
	private static final int LONGEST = 100;

	private final FileParts parts;

	private final StoredImports imports;

	Reception(FileParts parts, StoredImports imports) {
		this.parts = parts;
		this.imports = imports;
	}

	/**
	 * Keeps a file.
	 * @param fields what its columns may hold
	 * @return its rows
	 * @throws ImportException when it is no CSV in UTF-8, or its header does not fit
	 */
	int receive(long importId, InputStream file, Columns columns, List<String> fields) throws ImportException {
		try {
			FileParts.Recording recording = this.parts.record(importId, file);
			CsvReader csv = new CsvReader(recording);
			List<String> header = csv.header().stream().map(Reception::name).toList();
			Map<String, Integer> used = columns.of(header, fields);
			int rows = 0;
			for (List<String> record = csv.next(); record != null; record = csv.next()) {
				if (record.size() > header.size()) {
					throw new ImportException(
							"Line " + csv.recordLine() + " has " + record.size() + " fields, the header "
									+ header.size() + "; put fields that contain a comma in quotation marks.");
				}
				rows++;
			}
			this.imports.received(importId, header, used, rows, recording.finish());
			return rows;
		}
		catch (CharacterCodingException ex) {
			throw new ImportException("The file is not in UTF-8; save it anew as \"CSV UTF-8\".");
		}
		catch (IOException ex) {
			throw new ImportException("The file did not arrive whole; send it again.");
		}
	}

	private static String name(String column) {
		String name = column.strip();
		return (name.length() <= LONGEST) ? name : name.substring(0, LONGEST);
	}

}
