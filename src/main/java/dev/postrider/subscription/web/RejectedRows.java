package dev.postrider.subscription.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.postrider.subscription.batch.ImportRow;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The rows that an import did not take in, and why, as a file.
 */
final class RejectedRows {

	private static final Pattern FORMULA = Pattern.compile("(?s)[=+@\\t-].*");

	private static final Pattern TO_QUOTE = Pattern.compile("[\",;\\r\\n']");

	private RejectedRows() {
	}

	/**
	 * Answers with the file, row by row.
	 * @param name of the file, without its ending
	 * @param attributes those that have a column
	 * @param rows gives every row to whom it is handed
	 */
	static void write(HttpServletResponse response, String name, List<String> attributes,
			Consumer<Consumer<ImportRow>> rows) throws IOException {
		response.setContentType("text/csv");
		response.setCharacterEncoding(StandardCharsets.UTF_8.name());
		response.setHeader("Content-Disposition", "attachment; filename=\"" + name + ".csv\"");
		Writer out = response.getWriter();
		out.write("line,email,name,days,topics,status,"
				+ attributes.stream().map((attribute) -> attribute + ",").collect(Collectors.joining()) + "reason\r\n");
		rows.accept((row) -> write(out, row.fields(attributes)));
		out.flush();
	}

	private static void write(Writer out, List<String> fields) {
		try {
			out.write(fields.stream().map(RejectedRows::quoted).collect(Collectors.joining(",", "", "\r\n")));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String quoted(String field) {
		// A field that a spreadsheet would take for a formula is made plain text.
		String plain = FORMULA.matcher(field).matches() ? "'" + field : field;
		return TO_QUOTE.matcher(plain).find() ? '"' + plain.replace("\"", "\"\"") + '"' : plain;
	}

}
