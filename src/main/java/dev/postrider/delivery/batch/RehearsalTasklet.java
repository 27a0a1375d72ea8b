package dev.postrider.delivery.batch;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import dev.postrider.Retries;
import dev.postrider.delivery.AudienceRule;
import dev.postrider.delivery.EditionMail;
import dev.postrider.delivery.Rehearsals.Forecast;
import dev.postrider.delivery.Rehearsals.Part;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionRenderer;
import dev.postrider.edition.TopicVariants;
import dev.postrider.edition.Topics;
import dev.postrider.mail.Designs;
import dev.postrider.mail.MailWords;
import dev.postrider.mail.Providers;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.subscription.ReaderAttributes;

import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The rehearsal's only step: each call is a page of candidates; at the end what was found
 * is written at once.
 */
@Component
class RehearsalTasklet implements Tasklet, StepExecutionListener {

	private final Map<Long, RehearsalWork> works = new ConcurrentHashMap<>();

	private final DigestEdition digest;

	private final EditionMail mails;

	private final RehearsedVariants.Parts parts;

	private final ReaderAttributes attributes;

	private final Providers providers;

	private final SendForecast forecast;

	private final JdbcClient jdbc;

	private final Retries transactions;

	private final Clock clock;

	RehearsalTasklet(DigestEdition digest, EditionMail mails, TopicVariants topics, EditionRenderer renderer,
			Designs designs, MailWords words, ReaderAttributes attributes, Providers providers, SendForecast forecast,
			JdbcClient jdbc, TransactionOperations transactions, Clock clock) {
		this.digest = digest;
		this.mails = mails;
		this.parts = new RehearsedVariants.Parts(topics, renderer, designs, words);
		this.attributes = attributes;
		this.providers = providers;
		this.forecast = forecast;
		this.jdbc = jdbc;
		this.transactions = new Retries(transactions);
		this.clock = clock;
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
		StepExecution step = context.getStepContext().getStepExecution();
		RehearsalWork work = this.works.computeIfAbsent(step.getId(), (id) -> begin(step.getJobExecution()));
		int sent = work.transport().messages();
		int read = work.page();
		if (read == 0) {
			end(step.getJobExecution(), work);
			return RepeatStatus.FINISHED;
		}
		for (int i = 0; i < read; i++) {
			contribution.incrementReadCount();
		}
		contribution.incrementWriteCount(work.transport().messages() - sent);
		return RepeatStatus.CONTINUABLE;
	}

	private RehearsalWork begin(JobExecution run) {
		Edition edition = this.digest.edition(run);
		Newsletter newsletter = this.digest.newsletter(run);
		RehearsedVariants variants = new RehearsedVariants(edition, newsletter, choices(edition), this.parts);
		return new RehearsalWork(edition, this.mails.messages(edition, newsletter, variants::variant), variants,
				this.jdbc, this.attributes, this.providers);
	}

	private List<Topics> choices(Edition edition) {
		return AudienceRule.bind(
				this.jdbc.sql("SELECT MIN(u.topics) " + AudienceRule.CANDIDATES + " AND u.topics IS NOT NULL AND ("
						+ AudienceRule.REASON + ") IS NULL GROUP BY u.topics COLLATE utf8mb4_bin"),
				edition.newsletterId(), edition.date(), edition.corrects())
			.query((row, number) -> Topics.of(row.getString(1)))
			.list();
	}

	private void end(JobExecution run, RehearsalWork work) {
		Edition edition = work.edition();
		int readers = work.transport().messages();
		Forecast forecast = this.forecast.of(edition, this.digest.newsletter(run), readers, work.rate());
		int number = Integer.parseInt(Objects.requireNonNull(run.getJobParameters().getString("rehearsal")));
		this.transactions.of(() -> {
			this.jdbc.sql("DELETE FROM rehearsal_part WHERE edition_id = ? AND rehearsal <= ?")
				.params(edition.id(), number)
				.update();
			this.jdbc.sql("DELETE FROM rehearsal WHERE edition_id = ? AND rehearsal < ?")
				.params(edition.id(), number)
				.update();
			write(edition.id(), number, "EXCLUSION", work.exclusions());
			write(edition.id(), number, "VARIANT", work.variants());
			write(edition.id(), number, "PROVIDER", work.providers());
			return this.jdbc.sql("""
					UPDATE rehearsal SET ended_at = :now, version = :version, candidates = :candidates,
					  readers = :readers, bytes = :bytes, begins_at = :begins, ends_at = :ends, rate = :rate,
					  rate_from = :from
					WHERE edition_id = :edition AND rehearsal = :number
					""")
				.param("now", this.clock.instant())
				.param("version", edition.version())
				.param("candidates", work.candidates())
				.param("readers", readers)
				.param("bytes", work.transport().bytes())
				.param("begins", forecast.beginsAt())
				.param("ends", forecast.endsAt())
				.param("rate", forecast.rate())
				.param("from", forecast.from().name())
				.param("edition", edition.id())
				.param("number", number)
				.update();
		});
	}

	private void write(long editionId, int number, String kind, List<Part> parts) {
		int position = 0;
		for (Part part : parts) {
			this.jdbc.sql("""
					INSERT INTO rehearsal_part (edition_id, rehearsal, kind, position, name, detail, readers)
					VALUES (:edition, :number, :kind, :position, :name, :detail, :readers)
					""")
				.param("edition", editionId)
				.param("number", number)
				.param("kind", kind)
				.param("position", ++position)
				.param("name", part.name())
				.param("detail", part.detail())
				.param("readers", part.readers())
				.update();
		}
	}

	@Override
	public ExitStatus afterStep(StepExecution step) {
		this.works.remove(step.getId());
		return step.getExitStatus();
	}

}
