package dev.postrider.subscription.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.RunRefusedException;
import dev.postrider.staff.Audit;
import dev.postrider.staff.StaffDirectory;
import dev.postrider.subscription.batch.ImportException;
import dev.postrider.subscription.batch.ImportHistory;
import dev.postrider.subscription.batch.Imports;
import dev.postrider.subscription.batch.StoredImport;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

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

	private static final String PATH = "/api/v1/subscribers/import";

	/** Parameters {@code column.email=E-Mail} say what columns of other names hold. */
	private static final String COLUMN = "column.";

	private final Imports imports;

	private final ImportHistory history;

	private final Newsletters newsletters;

	private final StaffDirectory staff;

	private final Audit audit;

	ImportApi(Imports imports, ImportHistory history, Newsletters newsletters, StaffDirectory staff, Audit audit) {
		this.imports = imports;
		this.history = history;
		this.newsletters = newsletters;
		this.staff = staff;
		this.audit = audit;
	}

	@PostMapping(path = PATH, consumes = { "text/csv", "text/plain", "application/octet-stream" })
	ResponseEntity<Map<String, Object>> start(@RequestParam(defaultValue = "highlights") String newsletter,
			@RequestParam(defaultValue = "false") boolean dry, @RequestParam(required = false) @Nullable String source,
			@RequestParam Map<String, String> parameters, InputStream body) {
		Newsletter found = this.newsletters.find(newsletter)
			.orElseThrow(() -> problem(HttpStatus.NOT_FOUND, "There is no newsletter with the slug you gave."));
		Map<String, String> columns = new TreeMap<>();
		parameters.forEach((name, value) -> {
			if (name.startsWith(COLUMN)) {
				columns.put(name.substring(COLUMN.length()), value);
			}
		});
		try {
			Imports.Started started = this.imports.start(found, body, new Imports.Wish(dry, columns, source),
					this.staff.currentActor());
			return started(started.runId(), started.rows(), found, dry);
		}
		catch (ImportException ex) {
			throw problem(HttpStatus.UNPROCESSABLE_CONTENT, String.valueOf(ex.getMessage()));
		}
		catch (RunRefusedException ex) {
			throw problem(HttpStatus.CONFLICT, String.valueOf(ex.getMessage()));
		}
	}

	/** How far a run is, and what became of its rows so far. */
	@GetMapping(PATH + "/{runId}")
	Map<String, Object> progress(@PathVariable long runId) {
		StoredImport file = find(runId);
		Map<String, Object> progress = new LinkedHashMap<>();
		progress.put("rows", file.rows());
		progress.put("taken", file.taken());
		progress.put("rejected", file.rejected());
		progress.put("dry", file.dry());
		progress.put("finished", file.finishedAt() != null);
		return progress;
	}

	/** Takes in the file that a dry run was over. */
	@PostMapping(PATH + "/{runId}/start")
	ResponseEntity<Map<String, Object>> takeIn(@PathVariable long runId) {
		StoredImport file = find(runId);
		try {
			return started(this.imports.start(file, false, this.staff.currentActor()), file.rows(),
					this.newsletters.find(file.newsletterId()).orElseThrow(), false);
		}
		catch (ImportException | RunRefusedException ex) {
			throw problem(HttpStatus.CONFLICT, String.valueOf(ex.getMessage()));
		}
	}

	@GetMapping(PATH + "/{runId}/rejected")
	void rejected(@PathVariable long runId, HttpServletResponse response) throws IOException {
		StoredImport file = find(runId);
		RejectedRows.write(response, "rejected-" + runId, this.imports.attributes(file.newsletterId()),
				(rows) -> this.history.rejected(file, rows));
	}

	private ResponseEntity<Map<String, Object>> started(long runId, int rows, Newsletter newsletter, boolean dry) {
		this.audit.record(dry ? "subscribers.import-check" : "subscribers.import", newsletter.slug(),
				rows + " rows in run " + runId);
		return ResponseEntity.accepted()
			.body(Map.of("runId", runId, "rows", rows, "dry", dry, "run", "/api/v1/runs/" + runId, "progress",
					PATH + "/" + runId, "rejected", PATH + "/" + runId + "/rejected"));
	}

	private StoredImport find(long runId) {
		return this.history.ofRun(runId)
			.orElseThrow(() -> problem(HttpStatus.NOT_FOUND,
					"Run " + runId + " is no import, or its file is kept no longer, or a later run is over it."));
	}

	private static ErrorResponseException problem(HttpStatus status, String detail) {
		return new ErrorResponseException(status, ProblemDetail.forStatusAndDetail(status, detail), null);
	}

}
