package dev.postrider.subscription.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.RunRefusedException;
import dev.postrider.staff.Audit;
import dev.postrider.staff.StaffDirectory;
import dev.postrider.subscription.batch.ImportException;
import dev.postrider.subscription.batch.Imports;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Taking in readers from a file; for admins.
 */
@RestController
class ImportApi {

	private final Imports imports;

	private final Newsletters newsletters;

	private final StaffDirectory staff;

	private final Audit audit;

	ImportApi(Imports imports, Newsletters newsletters, StaffDirectory staff, Audit audit) {
		this.imports = imports;
		this.newsletters = newsletters;
		this.staff = staff;
		this.audit = audit;
	}

	@PostMapping(path = "/api/v1/subscribers/import",
			consumes = { "text/csv", "text/plain", "application/octet-stream" })
	ResponseEntity<Map<String, Object>> start(@RequestParam(defaultValue = "highlights") String newsletter,
			InputStream body) {
		Newsletter found = this.newsletters.find(newsletter)
			.orElseThrow(() -> problem(HttpStatus.NOT_FOUND, "There is no newsletter with the slug you gave."));
		try {
			Imports.Started started = this.imports.start(found, body, this.staff.currentActor());
			this.audit.record("subscribers.import", found.slug(), started.rows() + " rows in run " + started.runId());
			return ResponseEntity.accepted()
				.body(Map.of("runId", started.runId(), "rows", started.rows(), "run", "/api/v1/runs/" + started.runId(),
						"rejected", "/api/v1/subscribers/import/" + started.runId() + "/rejected"));
		}
		catch (ImportException ex) {
			throw problem(HttpStatus.UNPROCESSABLE_CONTENT, String.valueOf(ex.getMessage()));
		}
		catch (RunRefusedException ex) {
			throw problem(HttpStatus.CONFLICT, String.valueOf(ex.getMessage()));
		}
	}

	@GetMapping("/api/v1/subscribers/import/{runId}/rejected")
	void rejected(@PathVariable long runId, HttpServletResponse response) throws IOException {
		response.setContentType("text/csv");
		response.setCharacterEncoding(StandardCharsets.UTF_8.name());
		response.setHeader("Content-Disposition", "attachment; filename=\"rejected-" + runId + ".csv\"");
		Writer out = response.getWriter();
		List<String> attributes = this.imports.attributes(runId);
		out.write("line,email,name,days,topics,status,"
				+ attributes.stream().map((name) -> name + ",").collect(Collectors.joining()) + "reason\r\n");
		if (!this.imports.rejected(runId, (row) -> write(out, row.fields(attributes)))) {
			response.reset();
			throw problem(HttpStatus.NOT_FOUND, "Run " + runId + " is no import.");
		}
		out.flush();
	}

	private static void write(Writer out, List<String> fields) {
		try {
			out.write(fields.stream().map(ImportApi::quoted).collect(Collectors.joining(",", "", "\r\n")));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String quoted(String field) {
		// A field that a spreadsheet would take for a formula is made plain text.
		String plain = field.matches("(?s)[=+@\\t-].*") ? "'" + field : field;
		return plain.matches("(?s).*[\",;\\r\\n'].*") ? '"' + plain.replace("\"", "\"\"") + '"' : plain;
	}

	private static ErrorResponseException problem(HttpStatus status, String detail) {
		return new ErrorResponseException(status, ProblemDetail.forStatusAndDetail(status, detail), null);
	}

}
