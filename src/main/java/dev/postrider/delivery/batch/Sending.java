package dev.postrider.delivery.batch;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.postrider.delivery.MessageIds;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionRenderer;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.mail.MailProperties;
import dev.postrider.mail.PublicUrl;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.run.Processes;
import dev.postrider.subscription.ReaderLinks;

import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
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

	private final EditionRenderer renderer;

	private final Blocks blocks;

	private final Outcomes outcomes;

	private final Processes processes;

	private final MailProperties mail;

	private final PublicUrl publicUrl;

	private final ReaderLinks links;

	private final MessageIds ids;

	private final Clock clock;

	Sending(DigestEdition digest, Editions editions, EditionRenderer renderer, Blocks blocks, Outcomes outcomes,
			Processes processes, MailProperties mail, PublicUrl publicUrl, ReaderLinks links, MessageIds ids,
			DeliveryProperties properties, Clock clock) {
		if (properties.lease().dividedBy(2).compareTo(mail.readTimeout()) <= 0) {
			throw new IllegalStateException("postrider.delivery.lease (" + properties.lease()
					+ ") must be longer than twice postrider.mail.read-timeout (" + mail.readTimeout()
					+ "), or a slow relay's readers get the mail twice");
		}
		this.digest = digest;
		this.editions = editions;
		this.renderer = renderer;
		this.blocks = blocks;
		this.outcomes = outcomes;
		this.processes = processes;
		this.mail = mail;
		this.publicUrl = publicUrl;
		this.links = links;
		this.ids = ids;
		this.clock = clock;
	}

	@Override
	public void beforeStep(StepExecution step) {
		Edition edition = this.digest.edition(step.getJobExecution());
		if (edition.status() == EditionStatus.HELD || edition.status() == EditionStatus.FAILED) {
			this.editions.changeStatus(edition.id(), EditionStatus.SENDING, null);
		}
		this.blocks.releaseOf(edition.id(), this.processes.dead());
		// This run's lanes have not begun; what an earlier one of this process held,
		// nobody has.
		this.blocks.releaseOf(edition.id(), List.of(this.processes.self()));
		this.outcomes.forgetRefusals(edition.id());
	}

	@Override
	public ExitStatus afterStep(StepExecution step) {
		this.messages.remove(step.getJobExecutionId());
		return step.getExitStatus();
	}

	/** The edition's mails, encoded once a run and process. */
	EditionMessages messages(JobExecution run) {
		return this.messages.computeIfAbsent(run.getId(), (id) -> {
			Newsletter newsletter = this.digest.newsletter(run);
			Edition edition = this.digest.edition(run);
			String bounceDomain = (this.mail.bounceDomain() != null) ? this.mail.bounceDomain()
					: MessageIds.senderDomain(newsletter);
			return new EditionMessages(edition, newsletter, (variant) -> this.renderer.variant(edition.id(), variant),
					bounceDomain, this.publicUrl, this.links, this.ids, this.clock.instant());
		});
	}

}
