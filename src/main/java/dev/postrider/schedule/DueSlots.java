package dev.postrider.schedule;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.newsletter.PublicationCalendar;
import dev.postrider.newsletter.Slot;
import dev.postrider.run.RunLauncher;
import dev.postrider.run.RunRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Starts the digest of every slot that is due and was never started. It reckons slots
 * from the newsletter's calendar, not from when a trigger fired: a trigger that fires
 * late says "now" (PLATFORM: misfires). A slot that is stale by now is started all the
 * same; the job records it as missed.
 */
@Component
class DueSlots {

	private static final Logger logger = LoggerFactory.getLogger(DueSlots.class);

	static final String DIGEST = "digest";

	private final Newsletters newsletters;

	private final RunLauncher runs;

	private final JdbcClient jdbc;

	private final ScheduleProperties properties;

	private final Clock clock;

	DueSlots(Newsletters newsletters, RunLauncher runs, JdbcClient jdbc, ScheduleProperties properties, Clock clock) {
		this.newsletters = newsletters;
		this.runs = runs;
		this.jdbc = jdbc;
		this.properties = properties;
		this.clock = clock;
	}

	/** Starts what is due of one newsletter. */
	void start(String slug) {
		this.newsletters.find(slug).ifPresent(this::start);
	}

	private void start(Newsletter newsletter) {
		Instant now = this.clock.instant();
		for (Slot slot : PublicationCalendar.due(newsletter, since(newsletter, now), now)) {
			Map<String, String> identity = Map.of("newsletter", newsletter.slug(), "date", slot.date().toString(),
					"number", "1");
			if (this.runs.isKnown(DIGEST, identity)) {
				continue;
			}
			try {
				long run = this.runs.start(DIGEST, identity, "schedule");
				logger.info("{} of {} was due at {}: run {}", newsletter.slug(), slot.date(), slot.dueAt(), run);
			}
			catch (RunRefusedException ex) {
				// Another process was faster.
				logger.info("{} of {} is not started: {}", newsletter.slug(), slot.date(), ex.getMessage());
			}
		}
	}

	/** Slots from before the newsletter existed here were nobody's to send. */
	private Instant since(Newsletter newsletter, Instant now) {
		Instant created = this.jdbc.sql("SELECT created_at FROM newsletter WHERE id = ?")
			.param(newsletter.id())
			.query((row, index) -> dev.postrider.SqlTime.at(row, "created_at"))
			.single();
		Instant earliest = now.minus(this.properties.lookBack());
		return created.isAfter(earliest) ? created : earliest;
	}

}
