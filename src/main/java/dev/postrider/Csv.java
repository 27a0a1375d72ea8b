package dev.postrider;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes comma-separated values (RFC 4180) that are safe to open in a spreadsheet.
 */
public final class Csv {

	/** What a spreadsheet takes for a formula; it also reads the wide forms as such. */
	private static final Pattern FORMULA = Pattern.compile("[=+@\\t\\r\\n\uFF1D\uFF0B\uFF20\uFF0D-].*", Pattern.DOTALL);

	private static final Pattern SPECIAL = Pattern.compile(".*[\",;\\r\\n'].*", Pattern.DOTALL);

	private Csv() {
	}

	/** A record with its line end. */
	public static String line(List<String> fields) {
		return fields.stream().map(Csv::field).collect(Collectors.joining(",", "", "\r\n"));
	}

	private static String field(String field) {
		String plain = FORMULA.matcher(field).matches() ? "'" + field : field;
		return SPECIAL.matcher(plain).matches() ? '"' + plain.replace("\"", "\"\"") + '"' : plain;
	}

}
