package dev.postrider.desk.web;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.postrider.delivery.AudienceRelease;
import dev.postrider.delivery.DigestRuns;
import dev.postrider.delivery.EditionPauses;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionComposer;
import dev.postrider.edition.EditionException;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.edition.Gate;
import dev.postrider.edition.GateFinding;
import dev.postrider.edition.GateReport;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.newsletter.PublicationCalendar;
import dev.postrider.run.RunLauncher;
import dev.postrider.staff.Audit;
import dev.postrider.staff.StaffDirectory;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.server.ResponseStatusException;

/**
 * What an editor does with an edition as a whole, by page or by API: each action is
 * audited in the transaction that does it.
 */
@Component
class Editing {

	private static final Set<EditionStatus> CALLED_OFF = EnumSet.of(EditionStatus.SKIPPED, EditionStatus.MISSED,
			EditionStatus.CANCELLED);

	private static final int MOST_NAMED = 3;

	private final Editions editions;

	private final EditionComposer composer;

	private final Gate gate;

	private final AudienceRelease audiences;

	private final Newsletters newsletters;

	private final DigestRuns runs;

	private final RunLauncher launcher;

	private final EditionPauses pauses;

	private final Audit audit;

	private final StaffDirectory staff;

	private final Clock clock;

	private final TransactionTemplate transactions;

	Editing(Editions editions, EditionComposer composer, Gate gate, AudienceRelease audiences, Newsletters newsletters,
			DigestRuns runs, RunLauncher launcher, EditionPauses pauses, Audit audit, StaffDirectory staff, Clock clock,
			TransactionTemplate transactions) {
		this.editions = editions;
		this.composer = composer;
		this.gate = gate;
		this.audiences = audiences;
		this.newsletters = newsletters;
		this.runs = runs;
		this.launcher = launcher;
		this.pauses = pauses;
		this.audit = audit;
		this.staff = staff;
		this.clock = clock;
		this.transactions = transactions;
	}

	Newsletter newsletter(String slug) {
		return this.newsletters.find(slug)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND,
					"There is no newsletter \"" + slug + "\"."));
	}

	Newsletter newsletterOf(Edition edition) {
		return this.newsletters.find(edition.newsletterId())
			.orElseThrow(() -> new IllegalStateException("Edition " + edition.id() + " has no newsletter"));
	}

	Edition edition(long id) {
		return this.editions.find(id)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no edition " + id + "."));
	}

	/** Opens the edition of a date and number if need be, and fills it with stories. */
	Edition compose(Newsletter newsletter, LocalDate date, int number) {
		return this.transactions.execute((status) -> {
			Edition edition = this.editions.open(newsletter, date, number, dueAt(newsletter, date, number));
			return compose(edition, newsletter);
		});
	}

	/** Makes the next extra edition of today. */
	Edition composeExtra(Newsletter newsletter) {
		LocalDate today = Times.of(newsletter, this.clock.instant()).today();
		return compose(newsletter, today, this.editions.nextNumber(newsletter.id(), today));
	}

	Edition compose(Edition edition, Newsletter newsletter) {
		return this.transactions.execute((status) -> {
			Edition composed = this.composer.compose(edition.id(), newsletter);
			record("edition.compose", composed, Times.counted(composed.picks().size(), "story"));
			return composed;
		});
	}

	/** What the gate has to say; nothing of an edition that has its readers already. */
	GateReport findings(Edition edition) {
		return (edition.frozenAt() == null) ? this.gate.check(edition, newsletterOf(edition))
				: new GateReport(List.of(), Map.of());
	}

	/** Accepts a warning by its key. */
	GateFinding accept(Edition edition, String key) {
		return this.transactions.execute((status) -> {
			GateFinding accepted = this.gate.accept(edition, newsletterOf(edition), key, this.staff.currentActor());
			record("edition.accept", edition, accepted.rule() + ": " + accepted.where());
			return accepted;
		});
	}

	/** Approves an edition that the gate lets pass. */
	Edition approve(Edition edition) {
		if (edition.status().mayBecome(EditionStatus.APPROVED)) {
			this.gate.require(edition, newsletterOf(edition));
		}
		return approveChecked(edition);
	}

	private Edition approveChecked(Edition edition) {
		return this.transactions.execute((status) -> {
			Edition approved = this.editions.approve(edition.id(), this.staff.currentActor());
			record("edition.approve", approved, null);
			return approved;
		});
	}

	Edition changeStatus(Edition edition, EditionStatus next, @Nullable String reason) {
		return this.transactions.execute((status) -> {
			if (edition.status() == EditionStatus.HELD && next == EditionStatus.DRAFT) {
				if (isPausedByAnAdmin(edition)) {
					throw new EditionException(
							"Edition " + edition.label() + " was paused by an admin" + admins() + ".");
				}
				refuseWhileRunning(edition);
				this.audiences.release(edition.id());
			}
			Edition changed = this.editions.changeStatus(edition.id(), next, reason);
			record("edition." + next.name().toLowerCase(Locale.ROOT), changed, reason);
			return changed;
		});
	}

	private void refuseWhileRunning(Edition edition) {
		if (this.runs.isRunning(edition)) {
			throw new EditionException("The run of edition " + edition.label() + " has not ended yet. Try again.");
		}
	}

	/**
	 * Approves a draft, because sending it says so, and starts its run. No transaction is
	 * open while the run starts: the launcher has its own.
	 * @return the run's id
	 */
	long send(Edition edition) {
		Newsletter newsletter = newsletterOf(edition);
		refuseWhatWouldNotBeSent(edition);
		if (isForAdmins(edition)) {
			throw new EditionException("Edition " + edition.label() + " is "
					+ StatusWords.of(edition.status()).word().toLowerCase(Locale.ROOT)
					+ " in the middle of its sending. Only an admin lets it go on" + admins() + ".");
		}
		if (edition.frozenAt() == null) {
			this.gate.require(edition, newsletter);
		}
		if (edition.status() == EditionStatus.DRAFT) {
			approveChecked(edition);
		}
		long run = this.runs.send(newsletter.slug(), edition.date(), edition.number(), this.staff.currentActor());
		record("edition.send", edition, "run " + run);
		return run;
	}

	/**
	 * Whether an edition waits for an admin, and who asks is none: it was paused or held
	 * while it was sent, or broke off. What the gate held before is the editors' own.
	 */
	boolean isForAdmins(Edition edition) {
		return (edition.status() == EditionStatus.HELD || edition.status() == EditionStatus.FAILED)
				&& edition.frozenAt() != null && !this.staff.isAdmin();
	}

	/** And who asks is none. */
	private boolean isPausedByAnAdmin(Edition edition) {
		return !this.staff.isAdmin() && this.pauses.of(edition.id()).isPresent();
	}

	private String admins() {
		String named = this.staff.adminEmails().stream().limit(MOST_NAMED).collect(Collectors.joining(" or "));
		return named.isEmpty() ? "" : "; ask " + named;
	}

	/**
	 * A run of such an edition would pass it by and end, and an ended run is never
	 * started again: so it is refused here.
	 */
	private static void refuseWhatWouldNotBeSent(Edition edition) {
		EditionStatus status = edition.status();
		if (CALLED_OFF.contains(status)) {
			throw new EditionException("Edition " + edition.label() + " is "
					+ StatusWords.of(status).word().toLowerCase(Locale.ROOT) + ", so it is not sent."
					+ ((status == EditionStatus.CANCELLED) ? " Make an extra edition instead."
							: " Take it up again first, or make an extra edition."));
		}
	}

	/**
	 * Whether an edition that was called off can still go out: once its run has been, no
	 * other takes its place. The run of one that is held waits to be resumed.
	 */
	boolean isReopenable(Edition edition) {
		if (edition.status() == EditionStatus.HELD) {
			return !isPausedByAnAdmin(edition) && this.audiences.isReleasable(edition.id());
		}
		return edition.status().mayBecome(EditionStatus.DRAFT) && this.clock.instant().isBefore(edition.uselessAfter())
				&& !this.launcher.isKnown(DigestRuns.JOB, identity(edition));
	}

	/**
	 * Whether an edition stands half sent and nobody is sending it: its run was stopped,
	 * or ended with its process.
	 */
	boolean isStalled(Edition edition) {
		return edition.status() == EditionStatus.SENDING && !this.runs.isRunning(edition);
	}

	private Map<String, String> identity(Edition edition) {
		return Map.of("newsletter", newsletterOf(edition).slug(), "date", edition.date().toString(), "number",
				String.valueOf(edition.number()));
	}

	void record(String action, Edition edition, @Nullable String detail) {
		this.audit.record(action, newsletterOf(edition).slug() + " " + edition.label(), detail);
	}

	/**
	 * The hour of its slot. An edition made after that hour on its day, and every extra
	 * edition of today, is due now: its news is as fresh as the moment it was chosen.
	 */
	private Instant dueAt(Newsletter newsletter, LocalDate date, int number) {
		Instant now = this.clock.instant();
		Instant slot = PublicationCalendar.slot(newsletter, date).dueAt();
		boolean today = date.equals(Times.of(newsletter, now).today());
		return (today && (number > 1 || slot.isBefore(now))) ? now : slot;
	}

}
