package dev.postrider.delivery.batch;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionRefresh;
import dev.postrider.edition.EditionRenderer;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.edition.SlowDays;
import dev.postrider.mail.TemplateException;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.PublicationCalendar;
import dev.postrider.story.Sources;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.core.job.JobExecution;
import org.springframework.stereotype.Component;

/**
 * What the steps of the digest job do, each idempotent: a run that is resumed may do one
 * again. An edition that is not to be sent passes through untouched.
 */
@Component
class DigestSteps {

	private static final Logger logger = LoggerFactory.getLogger(DigestSteps.class);

	private static final Set<EditionStatus> NOT_TO_BE_SENT = EnumSet.of(EditionStatus.SKIPPED, EditionStatus.MISSED,
			EditionStatus.CANCELLED, EditionStatus.SENT);

	private final DigestEdition digest;

	private final Sources sources;

	private final Editions editions;

	private final EditionRefresh refresh;

	private final EditionRenderer renderer;

	private final SlowDays slowDays;

	private final DigestGate gate;

	private final Audience audience;

	private final Ledger ledger;

	private final SendWindow window;

	private final Clock clock;

	DigestSteps(DigestEdition digest, Sources sources, Editions editions, EditionRefresh refresh,
			EditionRenderer renderer, SlowDays slowDays, DigestGate gate, Audience audience, Ledger ledger,
			SendWindow window, Clock clock) {
		this.digest = digest;
		this.sources = sources;
		this.editions = editions;
		this.refresh = refresh;
		this.renderer = renderer;
		this.slowDays = slowDays;
		this.gate = gate;
		this.audience = audience;
		this.ledger = ledger;
		this.window = window;
		this.clock = clock;
	}

	/**
	 * Makes the edition if nobody has, misses it if it is too late, and asks the sources
	 * for news.
	 */
	void collect(JobExecution run) {
		Newsletter newsletter = this.digest.newsletter(run);
		int number = this.digest.number(run);
		Instant now = this.clock.instant();
		Instant dueAt = (number == 1) ? PublicationCalendar.slot(newsletter, this.digest.date(run)).dueAt() : now;
		Edition edition = this.editions.open(newsletter, this.digest.date(run), number, dueAt);
		if (edition.status().isEditable() && now.isAfter(edition.uselessAfter())) {
			this.editions.changeStatus(edition.id(), EditionStatus.MISSED,
					"Its run began after " + edition.uselessAfter() + ", when it was no longer news");
			return;
		}
		if (edition.status().isEditable()) {
			Sources.Poll poll = this.sources.poll(true);
			logger.info("Edition {} {}: {} sources asked, {} failed, {} new stories", newsletter.slug(),
					edition.label(), poll.polled(), poll.failed(), poll.added());
		}
	}

	/** Fills the edition with stories that still stand. */
	void pick(JobExecution run) {
		Edition edition = this.digest.edition(run);
		if (edition.status().isEditable()) {
			this.refresh.refresh(edition.id(), this.digest.newsletter(run));
		}
	}

	/** Makes sure that there is something to send and somebody's word for it. */
	void compose(JobExecution run) {
		Edition edition = this.digest.edition(run);
		if (edition.status().isEditable() && edition.picks().isEmpty()) {
			this.editions.changeStatus(edition.id(), EditionStatus.SKIPPED, "There were no new stories");
		}
		else if (edition.status() == EditionStatus.DRAFT) {
			this.slowDays.calledOff(edition)
				.ifPresentOrElse((reason) -> this.editions.changeStatus(edition.id(), EditionStatus.SKIPPED, reason),
						() -> this.editions.approve(edition.id(), "schedule"));
		}
	}

	/** Nothing is frozen, and nobody mailed, that the gate does not let pass. */
	void check(JobExecution run) {
		Edition edition = this.digest.edition(run);
		if (isToBeSent(edition) && edition.frozenAt() == null) {
			Newsletter newsletter = this.digest.newsletter(run);
			if (edition.status() == EditionStatus.APPROVED && isResumed(run)) {
				// It may have waited for hours.
				edition = this.refresh.refresh(edition.id(), newsletter);
			}
			this.renderer.prepare(edition);
			this.gate.check(edition, newsletter);
		}
	}

	/** Whether its stories were picked by an earlier execution of this run. */
	private static boolean isResumed(JobExecution run) {
		return run.getStepExecutions().stream().noneMatch((step) -> step.getStepName().equals("pick"));
	}

	/** From here on the edition's words and readers no longer change. */
	void freeze(JobExecution run) {
		Edition edition = this.digest.edition(run);
		if (isToBeSent(edition)) {
			if (edition.picks().isEmpty()) {
				throw new IllegalStateException("Edition " + edition.id() + " has no stories, so it is not sent");
			}
			this.editions.changeStatus(edition.id(), EditionStatus.SENDING, null);
			Newsletter newsletter = this.digest.newsletter(run);
			this.audience.freeze(Audience.Frozen.of(edition), (readers) -> this.window.blockSize(newsletter, readers),
					this.clock.instant());
			this.window.spread(this.digest.edition(run), newsletter);
		}
	}

	void render(JobExecution run) {
		Edition edition = this.digest.edition(run);
		if (isToBeSent(edition)) {
			Newsletter newsletter = this.digest.newsletter(run);
			try {
				this.renderer.render(edition, newsletter);
			}
			catch (TemplateException ex) {
				throw this.gate.cannotRender(edition, ex);
			}
			this.gate.checkRendered(edition, newsletter);
		}
	}

	void close(JobExecution run) {
		Edition edition = this.digest.edition(run);
		if (edition.status() != EditionStatus.SENDING) {
			return;
		}
		int open = this.ledger.open(edition.id());
		if (open > 0) {
			throw new IllegalStateException("Edition " + edition.id() + " still has " + open
					+ " open deliveries; restart the run to send them");
		}
		this.editions.changeStatus(edition.id(), EditionStatus.SENT, null);
	}

	static boolean isToBeSent(Edition edition) {
		return !NOT_TO_BE_SENT.contains(edition.status());
	}

}
