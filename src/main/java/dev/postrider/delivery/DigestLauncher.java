package dev.postrider.delivery;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

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

	private final Clock clock;

	DigestLauncher(RunLauncher launcher, Newsletters newsletters, Editions editions, Clock clock) {
		this.launcher = launcher;
		this.newsletters = newsletters;
		this.editions = editions;
		this.clock = clock;
	}

	@Override
	public long send(String newsletterSlug, LocalDate date, int number, String trigger) {
		Newsletter newsletter = this.newsletters.find(newsletterSlug)
			.orElseThrow(() -> new RunRefusedException("There is no newsletter \"" + newsletterSlug + "\""));
		Instant now = this.clock.instant();
		Edition edition = this.editions.open(newsletter, date, number, now);
		// Whoever sends it now means now, be its slot hours ago or ahead.
		this.editions.reschedule(edition.id(), newsletter, now);
		return this.launcher.start(JOB,
				Map.of("newsletter", newsletterSlug, "date", date.toString(), "number", String.valueOf(number)),
				trigger);
	}

}
