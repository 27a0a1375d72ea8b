package dev.postrider.monitor.problem;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.postrider.edition.EditionStatusChanged;
import dev.postrider.mail.RelayRecovered;
import dev.postrider.mail.RelayUnreachable;
import dev.postrider.run.RunEnded;
import dev.postrider.story.SourceFailed;
import dev.postrider.story.SourceRecovered;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Runs the checks every minute, and within a second of an event that may have changed
 * something. Events only wake it: whoever published one is never held up by it, nor
 * harmed.
 */
@Component
class ProblemWatch {

	private static final Logger logger = LoggerFactory.getLogger(ProblemWatch.class);

	private static final long EVERY = Duration.ofMinutes(1).toNanos();

	private final List<ProblemCheck> checks;

	private final Problems problems;

	private final ProblemMails mails;

	private final AtomicBoolean woken = new AtomicBoolean(true);

	private long last = System.nanoTime();

	ProblemWatch(List<ProblemCheck> checks, Problems problems, ProblemMails mails) {
		this.checks = checks;
		this.problems = problems;
		this.mails = mails;
	}

	@EventListener({ EditionStatusChanged.class, RunEnded.class, SourceFailed.class, SourceRecovered.class,
			RelayUnreachable.class, RelayRecovered.class })
	void wake() {
		this.woken.set(true);
	}

	@Scheduled(fixedDelay = 1000, initialDelay = 3000)
	void tick() {
		if (this.woken.getAndSet(false) || System.nanoTime() - this.last >= EVERY) {
			this.last = System.nanoTime();
			look();
		}
	}

	/**
	 * One at a time: what an earlier look found is not written over what a later one did.
	 */
	synchronized void look() {
		for (ProblemCheck check : this.checks) {
			try {
				this.problems.reconcile(check.prefix(), check.find());
			}
			catch (RuntimeException ex) {
				// The others still run; this one is tried again in a minute.
				logger.warn("The check {} did not work: {}", check.prefix(), ex.toString());
			}
		}
		try {
			this.mails.send();
		}
		catch (RuntimeException ex) {
			logger.warn("Admins could not be told of problems, they will be in a minute: {}", ex.toString());
		}
	}

}
