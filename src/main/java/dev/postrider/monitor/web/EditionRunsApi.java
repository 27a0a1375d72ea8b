package dev.postrider.monitor.web;

import java.net.URI;
import java.time.Instant;
import java.util.List;

import dev.postrider.delivery.Rehearsals;
import dev.postrider.delivery.RetryRuns;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionException;
import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.RunRefusedException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * The sending of an edition for programs: pause, resume, rehearse, retry what failed.
 */
@RestController
@RequestMapping("/api/v1/newsletters/{slug}/editions/{date}")
class EditionRunsApi {

	private final EditionControl control;

	private final Newsletters newsletters;

	private final Editions editions;

	private final Rehearsals rehearsals;

	private final RetryRuns retries;

	EditionRunsApi(EditionControl control, Newsletters newsletters, Editions editions, Rehearsals rehearsals,
			RetryRuns retries) {
		this.control = control;
		this.newsletters = newsletters;
		this.editions = editions;
		this.rehearsals = rehearsals;
		this.retries = retries;
	}

	/** Holds the sending; {@code resume} goes on. */
	@PostMapping("/pause")
	ResponseEntity<Void> pause(@PathVariable String slug, @PathVariable String date) {
		this.control.pause(edition(slug, date));
		return ResponseEntity.noContent().build();
	}

	/** Goes on with what is paused, held, failed or half sent. */
	@PostMapping("/resume")
	ResponseEntity<Begun> resume(@PathVariable String slug, @PathVariable String date) {
		return begun(this.control.resume(edition(slug, date)));
	}

	/** Sends again to those whose delivery failed. */
	@PostMapping("/retry")
	ResponseEntity<Begun> retry(@PathVariable String slug, @PathVariable String date, @RequestBody RetryWish wish) {
		Instant until = wish.worthUntil();
		if (until == null) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
					"worthUntil is missing; send {\"worthUntil\": \"2026-11-23T18:00:00Z\"}.");
		}
		return begun(this.control.retry(edition(slug, date), until, Boolean.TRUE.equals(wish.withUnclear())));
	}

	/** The retries, newest first. */
	@GetMapping("/retries")
	List<RetryRuns.Retry> retries(@PathVariable String slug, @PathVariable String date) {
		return this.retries.of(edition(slug, date).id());
	}

	/** Makes it for every reader and hands it to nobody. */
	@PostMapping("/rehearse")
	ResponseEntity<Begun> rehearse(@PathVariable String slug, @PathVariable String date) {
		return begun(this.control.rehearse(edition(slug, date)));
	}

	/** What the newest rehearsal found. */
	@GetMapping("/rehearse")
	Rehearsals.Rehearsal rehearsal(@PathVariable String slug, @PathVariable String date) {
		return this.rehearsals.newest(edition(slug, date).id())
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND,
					"No rehearsal of this edition has ended. POST here begins one."));
	}

	@ExceptionHandler({ EditionException.class, RunRefusedException.class })
	ProblemDetail refused(RuntimeException ex) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, String.valueOf(ex.getMessage()));
		problem.setTitle("This cannot be done now");
		return problem;
	}

	private static ResponseEntity<Begun> begun(long run) {
		return ResponseEntity.accepted().location(URI.create("/api/v1/runs/" + run)).body(new Begun(run));
	}

	private Edition edition(String slug, String label) {
		return this.newsletters.find(slug)
			.flatMap((newsletter) -> this.editions.find(newsletter.id(), label))
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no edition \"" + label
					+ "\" of a newsletter \"" + slug + "\". Name one as 2026-11-23, 2026-11-23-2 or latest."));
	}

	/**
	 * How a retry is wanted.
	 *
	 * @param worthUntil past this nobody more is tried
	 * @param withUnclear also those to whom a copy may have gone already; no, unless said
	 */
	record RetryWish(@Nullable Instant worthUntil, @Nullable Boolean withUnclear) {
	}

	/**
	 * A run that was started.
	 *
	 * @param runId its id, see {@code /api/v1/runs/{id}}
	 */
	record Begun(long runId) {
	}

}
