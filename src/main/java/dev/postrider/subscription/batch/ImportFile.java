package dev.postrider.subscription.batch;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.postrider.subscription.list.StoredAttributes;

/**
 * The rows of a file, one after the other, each column in its place.
 */
final class ImportFile {

	private static final int LONGEST = 400;

	private static final int LONGEST_TOPICS = 1000;

	private final CsvReader csv;

	private final Map<String, Integer> columns;

	private final Map<String, Integer> attributes = new TreeMap<>();

	private final int doneLine;

	/**
	 * Begins to read.
	 * @param content as it came; its encoding was found right
	 * @param columns which column, from 0, holds what
	 * @param doneLine rows up to this line are passed over
	 */
	ImportFile(InputStream content, Map<String, Integer> columns, int doneLine) throws IOException, ImportException {
		this.csv = new CsvReader(content);
		this.csv.header();
		this.columns = columns;
		columns.forEach((name, index) -> {
			if (!ImportRow.COLUMNS.contains(name)) {
				this.attributes.put(name, index);
			}
		});
		this.doneLine = doneLine;
	}

	/** The next rows, at most so many; none at the end. */
	List<ImportRow> next(int most) throws IOException, ImportException {
		List<ImportRow> rows = new ArrayList<>();
		while (rows.size() < most) {
			List<String> record = this.csv.next();
			if (record == null) {
				return rows;
			}
			if (this.csv.recordLine() > this.doneLine) {
				rows.add(row(this.csv.recordLine(), record));
			}
		}
		return rows;
	}

	private ImportRow row(int line, List<String> record) {
		// An empty cell says nothing: what is known stays.
		Map<String, String> known = this.attributes.isEmpty() ? Map.of() : new TreeMap<>();
		this.attributes.forEach((name, index) -> {
			String value = (index < record.size()) ? record.get(index).strip() : "";
			if (!value.isEmpty()) {
				known.put(name, cut(value, StoredAttributes.LONGEST + 1));
			}
		});
		return new ImportRow(line, cell(record, "email", LONGEST), cell(record, "name", LONGEST),
				cell(record, "days", LONGEST), cell(record, "topics", LONGEST_TOPICS), cell(record, "status", LONGEST),
				known, null);
	}

	private String cell(List<String> record, String name, int longest) {
		Integer index = this.columns.get(name);
		return (index != null && index < record.size()) ? cut(record.get(index).strip(), longest) : "";
	}

	private static String cut(String text, int longest) {
		return (text.length() <= longest) ? text : text.substring(0, longest);
	}

}
