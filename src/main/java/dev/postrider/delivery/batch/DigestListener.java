package dev.postrider.delivery.batch;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.stereotype.Component;

/**
 * A run that fails while it sends leaves its edition {@code FAILED}, so that the desk
 * shows it. One that fails before leaves it as it was: a restart must still pick and
 * compose.
 */
@Component
class DigestListener implements JobExecutionListener {

	private static final Logger logger = LoggerFactory.getLogger(DigestListener.class);

	private final DigestEdition digest;

	private final Editions editions;

	DigestListener(DigestEdition digest, Editions editions) {
		this.digest = digest;
		this.editions = editions;
	}

	@Override
	public void afterJob(JobExecution run) {
		if (run.getStatus() != BatchStatus.FAILED) {
			return;
		}
		try {
			Edition edition = this.digest.edition(run);
			if (edition.status() == EditionStatus.SENDING) {
				this.editions.changeStatus(edition.id(), EditionStatus.FAILED, "Run " + run.getId() + " failed");
			}
		}
		catch (RuntimeException ex) {
			// The database may be what failed; the run says so itself.
			logger.warn("The edition of run {} could not be marked as failed: {}", run.getId(), ex.getMessage());
		}
	}

}
