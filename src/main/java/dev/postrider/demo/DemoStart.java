package dev.postrider.demo;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

import dev.postrider.delivery.Deliveries;
import dev.postrider.delivery.DeliveryStatus;
import dev.postrider.delivery.DigestRuns;
import dev.postrider.edition.Edition;
import dev.postrider.edition.Editions;
import dev.postrider.mail.PublicUrl;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.Run;
import dev.postrider.run.RunHistory;
import dev.postrider.run.RunRefusedException;
import dev.postrider.story.Sources;
import dev.postrider.subscription.Readers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * What the demo does once it is up: readers, a source, and an edition at once, whatever
 * the day: the scheduled one of today if that has not been sent, else an extra one.
 */
@Component
@Profile("demo")
class DemoStart {

	private static final Logger logger = LoggerFactory.getLogger(DemoStart.class);

	private static final String NEWSLETTER = "highlights";

	private final DemoSettings settings;

	private final Newsletters newsletters;

	private final Readers readers;

	private final Sources sources;

	private final Editions editions;

	private final DigestRuns digests;

	private final RunHistory runs;

	private final Deliveries deliveries;

	private final DemoSigns signs;

	private final PublicUrl url;

	private final Clock clock;

	DemoStart(DemoSettings settings, Newsletters newsletters, Readers readers, Sources sources, Editions editions,
			DigestRuns digests, RunHistory runs, Deliveries deliveries, DemoSigns signs, PublicUrl url, Clock clock) {
		this.settings = settings;
		this.newsletters = newsletters;
		this.readers = readers;
		this.sources = sources;
		this.editions = editions;
		this.digests = digests;
		this.runs = runs;
		this.deliveries = deliveries;
		this.signs = signs;
		this.url = url;
		this.clock = clock;
	}

	/** In the background: the pages answer meanwhile, and one of them is the feed. */
	@EventListener(ApplicationReadyEvent.class)
	void start() {
		Thread thread = new Thread(this::run, "demo");
		thread.setDaemon(true);
		thread.start();
	}

	private void run() {
		try {
			Newsletter newsletter = this.newsletters.find(NEWSLETTER).orElseThrow();
			addReaders(newsletter);
			this.sources.add(this.url.of("/demo/feed.xml"), null);
			Edition edition = editionToSend(newsletter);
			long run = this.digests.send(NEWSLETTER, edition.date(), edition.number(), "demo");
			follow(run, edition);
		}
		catch (RunRefusedException ex) {
			logger.info("The demo sends nothing now: {}", ex.getMessage());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return;
		}
		catch (RuntimeException ex) {
			logger.error("The demo could not send its edition; the pages work all the same", ex);
		}
		logger.info(this.signs.toString());
	}

	private void addReaders(Newsletter newsletter) {
		int added = 0;
		for (DemoReaders.Reader reader : DemoReaders.first(this.settings.readers())) {
			if (this.readers.addVerified(reader.email(), reader.name(), newsletter.id(), "DEMO")) {
				added++;
			}
		}
		logger.info("{} of {} demo readers are new", added, this.settings.readers());
	}

	/** Due now, so that an edition at 23:00 is not stale news from seven o'clock. */
	private Edition editionToSend(Newsletter newsletter) {
		Instant now = this.clock.instant();
		LocalDate today = LocalDate.ofInstant(now, newsletter.zone());
		Optional<Edition> scheduled = this.editions.find(newsletter.id(), today, 1);
		boolean isFree = scheduled
			.map((edition) -> edition.status().isEditable() && edition.uselessAfter().isAfter(now))
			.orElse(true);
		int number = isFree ? 1 : this.editions.nextNumber(newsletter.id(), today);
		return this.editions.open(newsletter, today, number, now);
	}

	private void follow(long runId, Edition edition) throws InterruptedException {
		String last = "";
		while (true) {
			Run run = this.runs.find(runId).orElseThrow();
			String state = state(edition.id());
			if (!state.equals(last)) {
				logger.info("Edition {}: {}", edition.label(), state);
				last = state;
			}
			if (!run.isRunning()) {
				logger.info("Edition {}: run {} is {}{}", edition.label(), runId, run.status(),
						(run.message() != null) ? ": " + run.message() : "");
				return;
			}
			Thread.sleep(500);
		}
	}

	private String state(long editionId) {
		Map<DeliveryStatus, Integer> counts = this.deliveries.counts(editionId);
		int all = counts.values().stream().mapToInt(Integer::intValue).sum();
		return (all == 0) ? "collecting, picking and composing"
				: "%d of %d sent".formatted(counts.getOrDefault(DeliveryStatus.SENT, 0), all);
	}

}
