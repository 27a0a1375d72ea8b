package dev.postrider.desk.web;

import java.net.URI;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;

import dev.postrider.PageLimit;
import dev.postrider.delivery.Deliveries;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletter;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Editions for programs: compose, look, approve, skip, cancel, send.
 */
@RestController
@RequestMapping("/api/v1/newsletters/{slug}/editions")
class EditionsApi {

	private static final int MOST = 100;

	private final Editing editing;

	private final Editions editions;

	private final Deliveries deliveries;

	EditionsApi(Editing editing, Editions editions, Deliveries deliveries) {
		this.editing = editing;
		this.editions = editions;
		this.deliveries = deliveries;
	}

	/** Editions by date and number, newest first. */
	@GetMapping
	EditionList list(@PathVariable String slug, @RequestParam(required = false) @Nullable String after,
			@RequestParam(defaultValue = "20") int limit) {
		Newsletter newsletter = this.editing.newsletter(slug);
		int size = PageLimit.checked(limit, MOST);
		List<Edition> found = (after != null) ? this.editions.before(edition(newsletter, after), size + 1)
				: this.editions.newest(newsletter.id(), size + 1);
		return EditionList.of(newsletter, found, size);
	}

	/** Composes an edition: a new one answers 201, one that was there 200. */
	@PostMapping
	ResponseEntity<EditionBody> compose(@PathVariable String slug, @RequestBody ComposeRequest request) {
		Newsletter newsletter = this.editing.newsletter(slug);
		LocalDate date = request.parsedDate();
		boolean isNew = this.editions.find(newsletter.id(), date, request.parsedNumber()).isEmpty();
		Edition edition = this.editing.compose(newsletter, date, request.parsedNumber());
		return ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.OK)
			.location(URI.create("/api/v1/newsletters/" + newsletter.slug() + "/editions/" + edition.label()))
			.body(body(newsletter, edition));
	}

	@GetMapping("/{date}")
	EditionBody edition(@PathVariable String slug, @PathVariable String date) {
		Newsletter newsletter = this.editing.newsletter(slug);
		return body(newsletter, edition(newsletter, date));
	}

	/**
	 * Starts its run, a draft being approved by it; the answer does not wait for the end.
	 */
	@PostMapping("/{date}/send")
	ResponseEntity<Started> send(@PathVariable String slug, @PathVariable String date) {
		long run = this.editing.send(edition(this.editing.newsletter(slug), date));
		return ResponseEntity.accepted().location(URI.create("/api/v1/runs/" + run)).body(new Started(run));
	}

	/** What the gate finds in it. */
	@GetMapping("/{date}/findings")
	FindingsBody findings(@PathVariable String slug, @PathVariable String date) {
		Edition edition = edition(this.editing.newsletter(slug), date);
		return FindingsBody.of(this.editing.findings(edition));
	}

	/** Accepts a warning by its key. */
	@PostMapping("/{date}/findings/{key}/accept")
	FindingsBody accept(@PathVariable String slug, @PathVariable String date, @PathVariable String key) {
		Edition edition = edition(this.editing.newsletter(slug), date);
		this.editing.accept(edition, key);
		return FindingsBody.of(this.editing.findings(edition));
	}

	@PostMapping("/{date}/approve")
	EditionBody approve(@PathVariable String slug, @PathVariable String date) {
		Newsletter newsletter = this.editing.newsletter(slug);
		return body(newsletter, this.editing.approve(edition(newsletter, date)));
	}

	@PostMapping("/{date}/skip")
	EditionBody skip(@PathVariable String slug, @PathVariable String date) {
		return changeStatus(slug, date, EditionStatus.SKIPPED);
	}

	@PostMapping("/{date}/cancel")
	EditionBody cancel(@PathVariable String slug, @PathVariable String date) {
		return changeStatus(slug, date, EditionStatus.CANCELLED);
	}

	private EditionBody changeStatus(String slug, String date, EditionStatus next) {
		Newsletter newsletter = this.editing.newsletter(slug);
		return body(newsletter, this.editing.changeStatus(edition(newsletter, date), next, null));
	}

	private Edition edition(Newsletter newsletter, String label) {
		return this.editions.find(newsletter.id(), label)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no edition \"" + label
					+ "\" of " + newsletter.slug() + ". Name one as 2026-11-23, 2026-11-23-2 or latest."));
	}

	private EditionBody body(Newsletter newsletter, Edition edition) {
		return EditionBody.of(newsletter, edition, this.deliveries.counts(edition.id()));
	}

	/**
	 * What to compose.
	 *
	 * @param date such as {@code 2026-11-23}
	 * @param number 1, the scheduled one, unless said otherwise
	 */
	record ComposeRequest(@Nullable String date, @Nullable Integer number) {

		LocalDate parsedDate() {
			if (this.date == null) {
				throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
						"date is missing; send {\"date\": \"2026-11-23\"}.");
			}
			try {
				return LocalDate.parse(this.date);
			}
			catch (DateTimeParseException ex) {
				throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
						"date is \"" + this.date + "\"; write it as 2026-11-23.", ex);
			}
		}

		int parsedNumber() {
			int wanted = (this.number != null) ? this.number : 1;
			if (wanted < 1) {
				throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
						"number is " + wanted + "; the scheduled edition is 1, extra ones are 2, 3 and so on.");
			}
			return wanted;
		}

	}

	/**
	 * A run that was started.
	 *
	 * @param runId its id, see {@code /api/v1/runs/{id}}
	 */
	record Started(long runId) {
	}

}
