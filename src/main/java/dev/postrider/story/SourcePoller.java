package dev.postrider.story;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.postrider.story.feed.Feed;
import dev.postrider.story.feed.FeedFetcher;
import dev.postrider.story.feed.FeedReader;
import dev.postrider.story.feed.Fetched;
import dev.postrider.story.feed.StorySettings;
import dev.postrider.story.ingest.FeedStories;
import dev.postrider.story.ingest.IncomingStory;
import dev.postrider.story.ingest.StoryWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Asks sources for stories: several hosts at a time, one feed after the other of each,
 * and every source for itself.
 */
@Component
class SourcePoller {

	private static final Logger log = LoggerFactory.getLogger(SourcePoller.class);

	private static final Sources.Poll FAILED = new Sources.Poll(1, 1, 0, 0);

	private final PollRecord record;

	private final FeedFetcher fetcher;

	private final FeedReader reader;

	private final StoryWriter writer;

	private final StorySettings settings;

	private final Clock clock;

	SourcePoller(PollRecord record, FeedFetcher fetcher, FeedReader reader, StoryWriter writer, StorySettings settings,
			Clock clock) {
		this.record = record;
		this.fetcher = fetcher;
		this.reader = reader;
		this.writer = writer;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Polls within the time a round may take.
	 * @param evenIfNotDue whether to ask all sources
	 */
	Sources.Poll poll(boolean evenIfNotDue) {
		Collection<List<PollRecord.Due>> byHost = this.record.due(evenIfNotDue)
			.stream()
			.collect(Collectors.groupingBy((due) -> Objects.requireNonNullElse(due.uri().getHost(), ""),
					LinkedHashMap::new, Collectors.toList()))
			.values();
		PollRound round = new PollRound();
		if (byHost.isEmpty()) {
			return round.sum();
		}
		ExecutorService pool = Executors.newFixedThreadPool(Math.min(byHost.size(), this.settings.parallelPolls()));
		try {
			List<Future<?>> hosts = new ArrayList<>();
			byHost.forEach((sources) -> hosts.add(pool.submit(() -> oneHost(sources, evenIfNotDue, round))));
			pool.shutdown();
			if (!pool.awaitTermination(this.settings.roundTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
				overdue(round);
			}
			for (Future<?> host : hosts) {
				if (host.isDone()) {
					host.get();
				}
			}
			return round.sum();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while polling the sources", ex);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("The outcome of a poll could not be recorded", ex);
		}
		finally {
			pool.shutdownNow();
		}
	}

	/** One that never ends must not keep all others from being polled. */
	private void overdue(PollRound round) {
		for (PollRecord.Due due : round.close()) {
			log.warn("Source {} was not read within {}", due.id(), this.settings.roundTimeout());
			this.record.failed(due, "Reading the feed was given up, since all sources together may take %d seconds"
				.formatted(this.settings.roundTimeout().toSeconds()), null);
			round.add(FAILED);
		}
	}

	private void oneHost(List<PollRecord.Due> sources, boolean evenIfNotDue, PollRound round) {
		SourceBusyException enough = null;
		for (PollRecord.Due due : sources) {
			if (!round.begin(due)) {
				return;
			}
			if (enough != null) {
				this.record.postpone(due, enough.retryAt());
			}
			else if (evenIfNotDue || this.record.claim(due)) {
				enough = one(due, round);
			}
			round.end(due);
		}
	}

	/** Reads one; what its host said if it wants no further questions. */
	private @Nullable SourceBusyException one(PollRecord.Due due, PollRound round) {
		try {
			read(due, round);
		}
		catch (SourceBusyException ex) {
			log.warn("Source {} failed: {}", due.id(), ex.getMessage());
			failed(due, String.valueOf(ex.getMessage()), ex.retryAt(), round);
			return ex.isWholeHost() ? ex : null;
		}
		catch (SourceException ex) {
			log.warn("Source {} failed: {}", due.id(), ex.getMessage());
			failed(due, String.valueOf(ex.getMessage()), null, round);
		}
		catch (RuntimeException | StackOverflowError ex) {
			// Whatever one feed brings about, the others are polled.
			log.error("Source {} failed unexpectedly", due.id(), ex);
			failed(due, "Its stories could not be stored: %s".formatted(ex.getMessage()), null, round);
		}
		return null;
	}

	private void read(PollRecord.Due due, PollRound round) {
		Fetched fetched = this.fetcher.fetch(due.uri(), due.etag(), due.lastModified());
		if (fetched.unchanged()) {
			succeeded(due, fetched, null, new Sources.Poll(1, 0, 0, 0), round);
			return;
		}
		Feed feed = this.reader.read(fetched, (part) -> this.fetcher.fetch(part, null, null));
		List<IncomingStory> stories = FeedStories.of(feed, due.section(), this.clock.instant());
		if (stories.isEmpty() && !feed.items().isEmpty()) {
			throw new SourceException(
					"None of the feed's %d items has both a link and a headline".formatted(feed.items().size()));
		}
		StoryWriter.Written written = this.writer.write(stories, due.id());
		// An index may stay as it is while its parts change.
		Fetched remembered = feed.parts().isEmpty() ? fetched : fetched.forgotten();
		succeeded(due, remembered, feed.title(), new Sources.Poll(1, 0, written.created(), written.updated()), round);
	}

	private void succeeded(PollRecord.Due due, Fetched fetched, @Nullable String title, Sources.Poll outcome,
			PollRound round) {
		if (round.isReading(due)) {
			this.record.succeeded(due, fetched, title);
			round.add(outcome);
		}
	}

	private void failed(PollRecord.Due due, String message, @Nullable Instant retryAt, PollRound round) {
		if (round.end(due)) {
			this.record.failed(due, message, retryAt);
			round.add(FAILED);
		}
	}

}
