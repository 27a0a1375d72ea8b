package dev.postrider.monitor.problem;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.postrider.SqlTime;
import dev.postrider.delivery.DigestRuns;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.monitor.problem.Problem.Kind;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.newsletter.PublicationCalendar;
import dev.postrider.newsletter.Slot;
import dev.postrider.run.RunLauncher;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Editions that were due and that nobody started: the schedule itself is in trouble.
 */
@Component
class SlotCheck implements ProblemCheck {

	private static final Duration GRACE = Duration.ofMinutes(15);

	private static final Duration LOOK_BACK = Duration.ofHours(24);

	private final Newsletters newsletters;

	private final Editions editions;

	private final RunLauncher runs;

	private final JdbcClient jdbc;

	private final Clock clock;

	SlotCheck(Newsletters newsletters, Editions editions, RunLauncher runs, JdbcClient jdbc, Clock clock) {
		this.newsletters = newsletters;
		this.editions = editions;
		this.runs = runs;
		this.jdbc = jdbc;
		this.clock = clock;
	}

	@Override
	public String prefix() {
		return "slot:";
	}

	@Override
	public List<Finding> find() {
		return this.newsletters.all()
			.stream()
			.flatMap((newsletter) -> overdue(newsletter).stream().map((slot) -> finding(newsletter, slot)))
			.toList();
	}

	private List<Slot> overdue(Newsletter newsletter) {
		Instant now = this.clock.instant();
		Instant created = this.jdbc.sql("SELECT created_at FROM newsletter WHERE id = ?")
			.param(newsletter.id())
			.query((row, index) -> SqlTime.at(row, "created_at"))
			.single();
		Instant since = created.isAfter(now.minus(LOOK_BACK)) ? created : now.minus(LOOK_BACK);
		return PublicationCalendar.due(newsletter, since, now.minus(GRACE))
			.stream()
			.filter((slot) -> !isSettled(newsletter, slot))
			.toList();
	}

	private boolean isSettled(Newsletter newsletter, Slot slot) {
		return this.runs.isKnown(DigestRuns.JOB,
				Map.of("newsletter", newsletter.slug(), "date", slot.date().toString(), "number", "1"))
				|| this.editions.find(newsletter.id(), slot.date(), 1)
					.filter((edition) -> edition.status() != EditionStatus.DRAFT
							&& edition.status() != EditionStatus.APPROVED)
					.isPresent();
	}

	private static Finding finding(Newsletter newsletter, Slot slot) {
		String subject = newsletter.name() + " of " + slot.date();
		return new Finding("slot:" + newsletter.slug() + ":" + slot.date(), Kind.SLOT_NOT_STARTED, subject,
				subject + " was due at " + slot.dueAt().atZone(newsletter.zone()).toLocalTime() + " ("
						+ newsletter.zone() + ") and was not started.",
				"Check the log for the scheduler and that this machine's clock is right. To send the edition by hand, "
						+ "open it on the desk and press Send now.");
	}

}
