package dev.postrider.story.web;

import java.net.URI;
import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.postrider.PageLimit;
import dev.postrider.staff.Audit;
import dev.postrider.story.Source;
import dev.postrider.story.SourceException;
import dev.postrider.story.Sources;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Sources for programs.
 */
@RestController
@RequestMapping("/api/v1/sources")
class SourcesApi {

	private static final int MAX_LIMIT = 500;

	private final Sources sources;

	private final Audit audit;

	SourcesApi(Sources sources, Audit audit) {
		this.sources = sources;
		this.audit = audit;
	}

	/** A page of sources by key; {@code next} is what to send as {@code after}. */
	@GetMapping
	Page list(@RequestParam(defaultValue = "0") long after, @RequestParam(defaultValue = "100") int limit) {
		int size = PageLimit.checked(limit, MAX_LIMIT);
		List<Source> rest = this.sources.all()
			.stream()
			.filter((source) -> source.id() > after)
			.sorted(Comparator.comparingLong(Source::id))
			.toList();
		List<Source> items = rest.subList(0, Math.min(size, rest.size()));
		return new Page(items, (rest.size() > size) ? items.get(size - 1).id() : null);
	}

	@GetMapping("/{id}")
	Source one(@PathVariable long id) {
		return this.sources.find(id).orElseThrow(() -> unknown(id));
	}

	/** Adds a source; one that is there gets the section. */
	@PostMapping
	ResponseEntity<Source> add(@Valid @RequestBody NewSource body) {
		Source source = this.sources.add(String.valueOf(body.url()), body.section());
		this.audit.record("source.add", source.label(), null);
		return ResponseEntity.created(URI.create("/api/v1/sources/" + source.id())).body(source);
	}

	/** Removes a source; its stories stay. */
	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void remove(@PathVariable long id) {
		Source source = this.sources.find(id).orElseThrow(() -> unknown(id));
		this.sources.remove(id);
		this.audit.record("source.remove", source.label(), null);
	}

	@ExceptionHandler
	ProblemDetail refused(SourceException ex) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, ex.getMessage());
		problem.setTitle("This cannot be a source");
		return problem;
	}

	private static ResponseStatusException unknown(long id) {
		return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no source " + id);
	}

	/**
	 * A page of sources.
	 *
	 * @param items the sources
	 * @param next where the next page begins, or {@code null} at the end
	 */
	record Page(List<Source> items, @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Long next) {
	}

	/**
	 * A source to add.
	 *
	 * @param url http(s), or a file below the allowed folder
	 * @param section for stories that name none
	 */
	record NewSource(@NotBlank @Nullable String url, @Size(max = 100) @Nullable String section) {
	}

}
