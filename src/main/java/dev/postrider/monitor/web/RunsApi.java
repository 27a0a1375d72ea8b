package dev.postrider.monitor.web;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.postrider.PageLimit;
import dev.postrider.edition.EditionException;
import dev.postrider.run.Run;
import dev.postrider.run.RunHistory;
import dev.postrider.run.RunRefusedException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Job runs for programs, newest first.
 */
@RestController
@RequestMapping("/api/v1/runs")
class RunsApi {

	private static final int MAX_LIMIT = 200;

	private final RunHistory runs;

	private final RunControl control;

	RunsApi(RunHistory runs, RunControl control) {
		this.runs = runs;
		this.control = control;
	}

	/** A page of runs; {@code next} is what to send as {@code after}. */
	@GetMapping
	Page list(@RequestParam(required = false) @Nullable String job,
			@RequestParam(required = false) @Nullable Long after, @RequestParam(defaultValue = "50") int limit) {
		int size = PageLimit.checked(limit, MAX_LIMIT);
		List<Run> found = this.runs.list(job, after, size + 1);
		List<Run> items = found.subList(0, Math.min(size, found.size()));
		return new Page(items, (found.size() > size) ? items.get(size - 1).id() : null);
	}

	@GetMapping("/{id}")
	Run one(@PathVariable long id) {
		return this.runs.find(id)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no run " + id));
	}

	/** Asks a run to stop; {@code GET} tells when it has. */
	@PostMapping("/{id}/stop")
	@ResponseStatus(HttpStatus.ACCEPTED)
	Run stop(@PathVariable long id) {
		this.control.stop(one(id));
		return one(id);
	}

	/** Continues a failed or stopped run; answers the id of the run that continues it. */
	@PostMapping("/{id}/restart")
	@ResponseStatus(HttpStatus.ACCEPTED)
	Map<String, Long> restart(@PathVariable long id) {
		one(id);
		return Map.of("runId", this.control.restart(id));
	}

	@ExceptionHandler({ RunRefusedException.class, EditionException.class })
	ProblemDetail refused(RuntimeException ex) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, String.valueOf(ex.getMessage()));
		problem.setTitle("This cannot be done to the run now");
		return problem;
	}

	/**
	 * A page of runs.
	 *
	 * @param items the runs
	 * @param next where the next page begins, or {@code null} at the end
	 */
	record Page(List<Run> items, @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Long next) {
	}

}
