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

import org.springframework.stereotype.Component;

/**
 * Has the edition of every slot that is near composed, once; late rather than never, as
 * long as the slot is ahead.
 */
@Component
class DueEarlyCompositions {

	private static final Logger logger = LoggerFactory.getLogger(DueEarlyCompositions.class);

	static final String JOB = "early-composition";

	private final Newsletters newsletters;

	private final RunLauncher runs;

	private final ScheduleProperties properties;

	private final Clock clock;

	DueEarlyCompositions(Newsletters newsletters, RunLauncher runs, ScheduleProperties properties, Clock clock) {
		this.newsletters = newsletters;
		this.runs = runs;
		this.properties = properties;
		this.clock = clock;
	}

	/** Starts what is near of all newsletters. */
	void start() {
		for (Newsletter newsletter : this.newsletters.all()) {
			try {
				start(newsletter);
			}
			catch (RuntimeException ex) {
				// The others are looked at all the same; this one again at the next look.
				logger.error("The next edition of {} cannot be composed ahead", newsletter.slug(), ex);
			}
		}
	}

	void start(Newsletter newsletter) {
		Instant now = this.clock.instant();
		Instant until = now.plus(this.properties.composeBefore());
		for (Slot slot : PublicationCalendar.due(newsletter, now, until)) {
			Map<String, String> identity = Map.of("newsletter", newsletter.slug(), "date", slot.date().toString());
			if (this.runs.isKnown(JOB, identity)) {
				continue;
			}
			try {
				long run = this.runs.start(JOB, identity, "schedule");
				logger.info("{} of {} is composed ahead, it is due at {}: run {}", newsletter.slug(), slot.date(),
						slot.dueAt(), run);
			}
			catch (RunRefusedException ex) {
				// Another process was faster.
				logger.info("{} of {} is not composed ahead: {}", newsletter.slug(), slot.date(), ex.getMessage());
			}
		}
	}

}
