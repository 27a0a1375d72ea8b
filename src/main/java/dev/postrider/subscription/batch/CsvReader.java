package dev.postrider.subscription.batch;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads comma-separated values (RFC 4180) record by record. The separator is a semicolon
 * where the header has one, as spreadsheets write it in countries with a decimal comma.
 */
final class CsvReader {

	private static final int LONGEST_FIELD = 10_000;

	private static final int MOST_FIELDS = 500;

	private static final int END = -1;

	private static final int BUFFER = 8192;

	private final Reader in;

	private final char[] buffer = new char[BUFFER];

	private int position;

	private int end;

	private char separator = ',';

	private int line = 1;

	private int recordLine;

	CsvReader(Reader in) {
		this.in = in;
	}

	/** Reads UTF-8; what is none is reported, not replaced. */
	CsvReader(InputStream in) {
		this(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
	}

	/** The first record; fixes the separator. */
	List<String> header() throws IOException, ImportException {
		List<String> header = next();
		if (header == null) {
			throw new ImportException("The file is empty; it begins with a line of column names.");
		}
		String first = header.get(0).startsWith("\uFEFF") ? header.get(0).substring(1) : header.get(0);
		if (header.size() == 1 && first.contains(";")) {
			this.separator = ';';
			return List.of(first.split(";", -1));
		}
		List<String> names = new ArrayList<>(header);
		names.set(0, first);
		return names;
	}

	/** The next record that is not empty, or {@code null} at the end. */
	@Nullable List<String> next() throws IOException, ImportException {
		while (true) {
			if (peek() == END) {
				return null;
			}
			this.recordLine = this.line;
			List<String> fields = fields();
			if (fields.size() > 1 || !fields.get(0).isBlank()) {
				return fields;
			}
		}
	}

	/** The line on which the last record began, from 1. */
	int recordLine() {
		return this.recordLine;
	}

	private List<String> fields() throws IOException, ImportException {
		List<String> fields = new ArrayList<>();
		StringBuilder field = new StringBuilder();
		boolean quoted = false;
		while (true) {
			int c = read();
			this.line += (c == '\n') ? 1 : 0;
			if (field.length() > LONGEST_FIELD || (quoted && c == END)) {
				throw new ImportException(
						"Line " + this.recordLine + ": a field does not end; is a quotation mark missing?");
			}
			if (quoted) {
				quoted = c != '"' || repeated();
				if (quoted) {
					field.append((char) c);
				}
			}
			else if (c == '"' && field.isEmpty()) {
				quoted = true;
			}
			else if (c == this.separator || c == '\n' || c == END) {
				fields.add(field.toString());
				field.setLength(0);
				if (fields.size() > MOST_FIELDS) {
					throw new ImportException("Line " + this.recordLine + " has more than " + MOST_FIELDS + " fields.");
				}
				if (c != this.separator) {
					return fields;
				}
			}
			else if (c != '\r') {
				field.append((char) c);
			}
		}
	}

	/** Whether a quotation mark is followed by a second, which stands for one. */
	private boolean repeated() throws IOException {
		boolean second = peek() == '"';
		this.position += second ? 1 : 0;
		return second;
	}

	private int read() throws IOException {
		int c = peek();
		this.position += (c != END) ? 1 : 0;
		return c;
	}

	private int peek() throws IOException {
		if (this.position == this.end) {
			this.position = 0;
			this.end = Math.max(this.in.read(this.buffer, 0, BUFFER), 0);
			if (this.end == 0) {
				return END;
			}
		}
		return this.buffer[this.position];
	}

}
