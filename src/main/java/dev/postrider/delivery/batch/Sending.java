package dev.postrider.delivery.batch;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.postrider.SqlTime;
import dev.postrider.delivery.EditionMail;
import dev.postrider.delivery.EditionMessages;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.mail.MailProperties;
import dev.postrider.run.Processes;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Readies an edition for its lanes, at the beginning of the deliver step and again when
 * it is resumed: its status, what dead processes held, and its encoded mails.
 */
@Component
class Sending implements StepExecutionListener {

	private final Map<Long, EditionMessages> messages = new ConcurrentHashMap<>();

	private final DigestEdition digest;

	private final Editions editions;

	private final Blocks blocks;

	private final Outcomes outcomes;

	private final Processes processes;

	private final EditionMail mails;

	private final SendWindow window;

	private final Settlement settlement;

	private final JdbcClient jdbc;

	private final Clock clock;

	Sending(DigestEdition digest, Editions editions, Blocks blocks, Outcomes outcomes, Processes processes,
			EditionMail mails, SendWindow window, Settlement settlement, JdbcClient jdbc, Clock clock,
			MailProperties mail, DeliveryProperties properties) {
		if (properties.lease().dividedBy(2).compareTo(mail.longestTry()) <= 0) {
			throw new IllegalStateException("postrider.delivery.lease (" + properties.lease()
					+ ") must be longer than twice postrider.mail.read-timeout (" + mail.readTimeout()
					+ ") and postrider.mail.write-timeout (" + mail.writeTimeout()
					+ ") together, or a slow relay's readers get the mail twice");
		}
		this.digest = digest;
		this.editions = editions;
		this.blocks = blocks;
		this.outcomes = outcomes;
		this.processes = processes;
		this.mails = mails;
		this.window = window;
		this.settlement = settlement;
		this.jdbc = jdbc;
		this.clock = clock;
	}

	@Override
	public void beforeStep(StepExecution step) {
		Edition edition = this.digest.edition(step.getJobExecution());
		if (edition.status() == EditionStatus.HELD && isAskedToStop(step)) {
			// It was held while this run was on its way here; the lanes see that it is.
			return;
		}
		if (edition.status() == EditionStatus.HELD || edition.status() == EditionStatus.FAILED) {
			this.editions.changeStatus(edition.id(), EditionStatus.SENDING, null);
		}
		this.jdbc.sql("SELECT paused_at FROM edition_pause WHERE edition_id = ?")
			.param(edition.id())
			.query((row, index) -> SqlTime.at(row, "paused_at"))
			.optional()
			.ifPresent((pausedAt) -> {
				this.window.resumed(edition, pausedAt, this.clock.instant());
				this.jdbc.sql("DELETE FROM edition_pause WHERE edition_id = ?").param(edition.id()).update();
			});
		this.blocks.releaseOf(edition.id(), this.processes.dead());
		// This run's lanes have not begun; what an earlier one of this process held,
		// nobody has.
		this.blocks.releaseOf(edition.id(), List.of(this.processes.self()));
		this.blocks.openUnfinished(edition.id());
		this.outcomes.forgetRefusals(edition.id());
	}

	/**
	 * By the primary key. Who pauses an edition asks its run to stop before it is held.
	 */
	private boolean isAskedToStop(StepExecution step) {
		return this.jdbc.sql("SELECT STATUS FROM BATCH_JOB_EXECUTION WHERE JOB_EXECUTION_ID = ?")
			.param(step.getJobExecutionId())
			.query(String.class)
			.single()
			.equals(BatchStatus.STOPPING.name());
	}

	@Override
	public ExitStatus afterStep(StepExecution step) {
		EditionMessages sent = this.messages.remove(step.getJobExecutionId());
		if (sent != null) {
			this.settlement.end(sent.edition().id());
		}
		return step.getExitStatus();
	}

	/** The edition's mails, encoded once a run and process. */
	EditionMessages messages(JobExecution run) {
		return this.messages.computeIfAbsent(run.getId(), (id) -> {
			return this.mails.messages(this.digest.edition(run), this.digest.newsletter(run));
		});
	}

}
