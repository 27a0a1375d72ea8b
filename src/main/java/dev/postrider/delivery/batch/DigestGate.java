package dev.postrider.delivery.batch;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionNotes;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.edition.Gate;
import dev.postrider.edition.GateException;
import dev.postrider.edition.GateReport;
import dev.postrider.mail.TemplateException;
import dev.postrider.newsletter.Newsletter;

import org.springframework.stereotype.Component;

/**
 * The gate in the digest's way: before the audience is frozen for the edition itself, and
 * before the first mail for all variants. What it finds wrong holds the edition; warnings
 * that nobody accepted are noted on it.
 */
@Component
class DigestGate {

	private final Gate gate;

	private final Editions editions;

	private final EditionNotes notes;

	DigestGate(Gate gate, Editions editions, EditionNotes notes) {
		this.gate = gate;
		this.editions = editions;
		this.notes = notes;
	}

	/**
	 * Checks an edition whose audience is not frozen.
	 * @throws GateException when it is held
	 */
	void check(Edition edition, Newsletter newsletter) {
		if (edition.status() == EditionStatus.DRAFT) {
			throw new IllegalStateException("Edition " + edition.label()
					+ " is a draft again. Approve it on the desk, then send it from there.");
		}
		judge(edition, this.gate.check(edition, newsletter));
	}

	/**
	 * Checks all that was rendered for its readers.
	 * @throws GateException when it is held
	 */
	void checkRendered(Edition edition, Newsletter newsletter) {
		judge(edition, this.gate.checkRendered(edition, newsletter));
	}

	/** Holds an edition that cannot be rendered for all of its readers. */
	TemplateException cannotRender(Edition edition, TemplateException ex) {
		this.editions.holdUnsent(edition.id(), "Nobody has been mailed, for it cannot be rendered. " + ex.getMessage());
		return ex;
	}

	private void judge(Edition edition, GateReport report) {
		if (!report.errors().isEmpty()) {
			String reason = "Nobody has been mailed, for it cannot go out like this. "
					+ GateReport.told(report.errors());
			this.editions.holdUnsent(edition.id(), reason);
			throw new GateException("Edition " + edition.label() + " is held. " + reason, report);
		}
		report.open().forEach((warning) -> this.notes.warned(edition.id(), warning));
	}

}
