package dev.postrider.delivery;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

import dev.postrider.edition.Edition;
import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.RunLauncher;
import dev.postrider.run.RunRefusedException;

import org.springframework.stereotype.Component;

@Component
class DigestLauncher implements DigestRuns {

	private final RunLauncher launcher;

	private final Newsletters newsletters;

	private final Editions editions;

	private final JdbcRetryRuns retries;

	private final Clock clock;

	DigestLauncher(RunLauncher launcher, Newsletters newsletters, Editions editions, JdbcRetryRuns retries,
			Clock clock) {
		this.launcher = launcher;
		this.newsletters = newsletters;
		this.editions = editions;
		this.retries = retries;
		this.clock = clock;
	}

	@Override
	public long send(String newsletterSlug, LocalDate date, int number, String trigger) {
		Newsletter newsletter = this.newsletters.find(newsletterSlug)
			.orElseThrow(() -> new RunRefusedException("There is no newsletter \"" + newsletterSlug + "\""));
		Instant now = this.clock.instant();
		Edition edition = this.editions.open(newsletter, date, number, now);
		Optional<Map<String, String>> retry = this.retries.open(edition);
		if (retry.isPresent()) {
			return this.launcher.start(RetryRuns.JOB, retry.get(), trigger);
		}
		// Whoever sends it now means now, be its slot hours ago or ahead.
		this.editions.reschedule(edition.id(), newsletter, now);
		return this.launcher.start(JOB, identity(newsletterSlug, edition), trigger);
	}

	@Override
	public boolean isRunning(Edition edition) {
		String slug = this.newsletters.find(edition.newsletterId()).orElseThrow().slug();
		return this.launcher.isRunning(JOB, identity(slug, edition)) || this.retries.open(edition)
			.filter((retry) -> this.launcher.isRunning(RetryRuns.JOB, retry))
			.isPresent();
	}

	static Map<String, String> identity(String slug, Edition edition) {
		return Map.of("newsletter", slug, "date", edition.date().toString(), "number",
				String.valueOf(edition.number()));
	}

}
