package dev.postrider.subscription.web;

import java.io.IOException;
import java.io.InputStream;
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
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The admins' pages of files of readers: hand one in, say what its columns hold, look
 * what would happen, take it in.
 */
@Controller
@RequestMapping("/monitor/imports")
class ImportController {

	private static final String FIELD = "field.";

	private static final String TO_LIST = "redirect:/monitor/imports";

	private final Imports imports;

	private final ImportHistory history;

	private final ImportViews views;

	private final Newsletters newsletters;

	private final StaffDirectory staff;

	private final Audit audit;

	ImportController(Imports imports, ImportHistory history, ImportViews views, Newsletters newsletters,
			StaffDirectory staff, Audit audit) {
		this.imports = imports;
		this.history = history;
		this.views = views;
		this.newsletters = newsletters;
		this.staff = staff;
		this.audit = audit;
	}

	@GetMapping
	String list(Model model) {
		model.addAttribute("files", this.history.latest().stream().map(this.views::of).toList());
		model.addAttribute("newsletters", this.newsletters.all());
		model.addAttribute("longestSource", Imports.LONGEST_SOURCE);
		return "subscription/imports";
	}

	/** By the form itself, as large as forms may be. */
	@PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
	String upload(@RequestParam String newsletter, @RequestParam(defaultValue = "") String source,
			@RequestParam MultipartFile file, Model model, HttpServletResponse response) throws IOException {
		try (InputStream content = file.getInputStream()) {
			return TO_LIST + "/" + receive(newsletter, source, file.getOriginalFilename(), content);
		}
		catch (ImportException ex) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			model.addAttribute("error", ex.getMessage());
			model.addAttribute("source", source);
			model.addAttribute("chosen", newsletter);
			return list(model);
		}
	}

	/** By the page's script, of any size: the file as it is. */
	@PostMapping(consumes = "text/csv")
	@ResponseBody
	ResponseEntity<Map<String, String>> upload(@RequestParam String newsletter,
			@RequestParam(defaultValue = "") String source, @RequestParam(defaultValue = "") String name,
			InputStream content) {
		try {
			return ResponseEntity.ok(Map.of("page", "/monitor/imports/" + receive(newsletter, source, name, content)));
		}
		catch (ImportException ex) {
			return ResponseEntity.status(HttpStatus.UNPROCESSABLE_CONTENT)
				.body(Map.of("error", String.valueOf(ex.getMessage())));
		}
	}

	@GetMapping("/{id}")
	String one(@PathVariable long id, Model model) throws ImportException {
		StoredImport file = find(id);
		model.addAttribute("file", this.views.of(file));
		model.addAttribute("fields", this.views.fields(file));
		model.addAttribute("header", file.header());
		model.addAttribute("sample", this.history.sample(file));
		model.addAttribute("longestSource", Imports.LONGEST_SOURCE);
		return "subscription/import";
	}

	/** What changes while a run goes; once it is over the whole page is asked for. */
	@GetMapping("/{id}/live")
	String live(@PathVariable long id, Model model, HttpServletResponse response) {
		ImportViews.FileView file = this.views.of(find(id));
		if (!file.running()) {
			response.setHeader("HX-Refresh", "true");
		}
		model.addAttribute("file", file);
		return "subscription/import-live";
	}

	/** Keeps what the columns hold, and starts a run: dry, or one that takes in. */
	@PostMapping("/{id}")
	String start(@PathVariable long id, @RequestParam String action, @RequestParam(defaultValue = "") String source,
			@RequestParam Map<String, String> parameters, RedirectAttributes next) {
		boolean dry = !action.equals("take-in");
		try {
			if (source.isBlank()) {
				throw new ImportException("Say where and how these readers agreed.");
			}
			this.imports.use(find(id), columns(parameters), source);
			StoredImport file = find(id);
			long run = this.imports.start(file, dry, this.staff.currentActor());
			record(dry ? "subscribers.import-check" : "subscribers.import", file, file.rows() + " rows in run " + run);
		}
		catch (ImportException | RunRefusedException ex) {
			next.addFlashAttribute("failure", ex.getMessage());
		}
		return TO_LIST + "/" + id;
	}

	/** Goes on with a run that stopped or failed. */
	@PostMapping("/{id}/continue")
	String goOn(@PathVariable long id, RedirectAttributes next) {
		StoredImport file = find(id);
		try {
			long run = this.imports.start(file, file.dry(), this.staff.currentActor());
			record("subscribers.import-continue", file, "run " + run);
		}
		catch (ImportException | RunRefusedException ex) {
			next.addFlashAttribute("failure", ex.getMessage());
		}
		return TO_LIST + "/" + id;
	}

	@PostMapping("/{id}/delete")
	String delete(@PathVariable long id, RedirectAttributes next) {
		StoredImport file = find(id);
		try {
			this.imports.delete(file);
			record("subscribers.import-forget", file, "file " + id);
			next.addFlashAttribute("notice", "The file is forgotten.");
			return TO_LIST;
		}
		catch (ImportException ex) {
			next.addFlashAttribute("failure", ex.getMessage());
			return TO_LIST + "/" + id;
		}
	}

	@GetMapping("/{id}/rejected")
	void rejected(@PathVariable long id, HttpServletResponse response) throws IOException {
		StoredImport file = find(id);
		RejectedRows.write(response, "rejected-" + id, this.imports.attributes(file.newsletterId()),
				(rows) -> this.history.rejected(file, rows));
	}

	private long receive(String slug, String source, @Nullable String name, InputStream content)
			throws ImportException {
		Newsletter newsletter = this.newsletters.find(slug)
			.orElseThrow(() -> new ImportException("There is no such newsletter; choose one."));
		if (source.isBlank()) {
			throw new ImportException("Say where and how these readers agreed.");
		}
		StoredImport file = this.imports.receive(newsletter, content, name, source, this.staff.currentActor());
		record("subscribers.import-file", file, file.rows() + " rows as file " + file.id());
		return file.id();
	}

	private static Map<String, Integer> columns(Map<String, String> parameters) {
		Map<String, Integer> columns = new TreeMap<>();
		parameters.forEach((name, value) -> {
			if (name.startsWith(FIELD) && value.matches("\\d{1,4}")) {
				columns.put(name.substring(FIELD.length()), Integer.valueOf(value));
			}
		});
		return columns;
	}

	private void record(String action, StoredImport file, String detail) {
		this.audit.record(action, this.newsletters.find(file.newsletterId()).map(Newsletter::slug).orElse("newsletter"),
				detail);
	}

	private StoredImport find(long id) {
		return this.history.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

}
