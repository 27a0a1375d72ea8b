package dev.postrider.subscription.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import dev.postrider.Csv;
import dev.postrider.subscription.batch.ImportRow;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The rows that an import did not take in, and why, as a file.
 */
final class RejectedRows {

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
			out.write(Csv.line(fields));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
