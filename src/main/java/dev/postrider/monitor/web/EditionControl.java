package dev.postrider.monitor.web;

import java.time.Instant;

import dev.postrider.delivery.EditionPauses;
import dev.postrider.delivery.Rehearsals;
import dev.postrider.delivery.RetryRuns;
import dev.postrider.edition.Edition;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.staff.Audit;
import dev.postrider.staff.StaffDirectory;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * What an admin does with the sending of an edition, by page or by API, in the name of
 * who is logged in; a record is kept of it.
 */
@Component
class EditionControl {

	private final EditionPauses pauses;

	private final RetryRuns retries;

	private final Rehearsals rehearsals;

	private final Newsletters newsletters;

	private final Audit audit;

	private final StaffDirectory staff;

	EditionControl(EditionPauses pauses, RetryRuns retries, Rehearsals rehearsals, Newsletters newsletters, Audit audit,
			StaffDirectory staff) {
		this.pauses = pauses;
		this.retries = retries;
		this.rehearsals = rehearsals;
		this.newsletters = newsletters;
		this.audit = audit;
		this.staff = staff;
	}

	/** See {@link EditionPauses#pause}. */
	void pause(Edition edition) {
		this.pauses.pause(edition, this.staff.currentActor());
		record("edition.pause", edition, null);
	}

	/** See {@link EditionPauses#resume}. */
	long resume(Edition edition) {
		long run = this.pauses.resume(edition, this.staff.currentActor());
		record("edition.resume", edition, "run " + run);
		return run;
	}

	/** See {@link RetryRuns#retry}. */
	long retry(Edition edition, Instant worthUntil, boolean withUnclear) {
		long run = this.retries.retry(edition.id(),
				new RetryRuns.Wish(worthUntil, withUnclear, this.staff.currentActor()));
		record("edition.retry", edition, "run " + run + ", worth sending until " + worthUntil
				+ (withUnclear ? ", also where it may have arrived" : ""));
		return run;
	}

	/** See {@link Rehearsals#start}. */
	long rehearse(Edition edition) {
		long run = this.rehearsals.start(edition, this.staff.currentActor());
		record("edition.rehearse", edition, "run " + run);
		return run;
	}

	Newsletter newsletterOf(Edition edition) {
		return this.newsletters.find(edition.newsletterId())
			.orElseThrow(() -> new IllegalStateException("Edition " + edition.id() + " has no newsletter"));
	}

	private void record(String action, Edition edition, @Nullable String detail) {
		this.audit.record(action, newsletterOf(edition).slug() + " " + edition.label(), detail);
	}

}
