package dev.postrider.story;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import dev.postrider.story.feed.Feed;
import dev.postrider.story.feed.FeedFetcher;
import dev.postrider.story.feed.FeedReader;
import dev.postrider.story.feed.Fetched;
import dev.postrider.story.feed.StorySettings;
import dev.postrider.story.ingest.FeedStories;
import dev.postrider.story.ingest.IncomingStory;
import dev.postrider.story.ingest.StoryWriter;
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

	private static final Sources.Poll NOTHING = new Sources.Poll(0, 0, 0, 0);

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

	Sources.Poll poll(boolean evenIfNotDue) {
		Collection<List<PollRecord.Due>> byHost = this.record.due(evenIfNotDue)
			.stream()
			.collect(Collectors.groupingBy((due) -> Objects.requireNonNullElse(due.uri().getHost(), "")))
			.values();
		if (byHost.isEmpty()) {
			return NOTHING;
		}
		ExecutorService pool = Executors.newFixedThreadPool(Math.min(byHost.size(), this.settings.parallelPolls()));
		try {
			List<Callable<Sources.Poll>> hosts = byHost.stream()
				.map((sources) -> (Callable<Sources.Poll>) () -> oneHost(sources, evenIfNotDue))
				.toList();
			Sources.Poll sum = NOTHING;
			for (Future<Sources.Poll> host : pool.invokeAll(hosts)) {
				sum = plus(sum, host.get());
			}
			return sum;
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

	private Sources.Poll oneHost(List<PollRecord.Due> sources, boolean evenIfNotDue) {
		Sources.Poll sum = NOTHING;
		for (PollRecord.Due due : sources) {
			if (evenIfNotDue || this.record.claim(due)) {
				sum = plus(sum, one(due));
			}
		}
		return sum;
	}

	private Sources.Poll one(PollRecord.Due due) {
		try {
			Fetched fetched = this.fetcher.fetch(due.uri(), due.etag(), due.lastModified());
			if (fetched.unchanged()) {
				this.record.succeeded(due, fetched, null);
				return new Sources.Poll(1, 0, 0, 0);
			}
			Feed feed = this.reader.read(fetched);
			List<IncomingStory> stories = FeedStories.of(feed, due.section(), this.clock.instant());
			if (stories.isEmpty() && !feed.items().isEmpty()) {
				throw new SourceException(
						"None of the feed's %d items has both a link and a headline".formatted(feed.items().size()));
			}
			StoryWriter.Written written = this.writer.write(stories, due.id());
			this.record.succeeded(due, fetched, feed.title());
			return new Sources.Poll(1, 0, written.created(), written.updated());
		}
		catch (SourceException ex) {
			log.warn("Source {} failed: {}", due.id(), ex.getMessage());
			this.record.failed(due, String.valueOf(ex.getMessage()));
		}
		catch (RuntimeException ex) {
			// Whatever one feed brings about, the others are polled.
			log.error("Source {} failed unexpectedly", due.id(), ex);
			this.record.failed(due, "Its stories could not be stored: %s".formatted(ex.getMessage()));
		}
		return new Sources.Poll(1, 1, 0, 0);
	}

	private static Sources.Poll plus(Sources.Poll one, Sources.Poll other) {
		return new Sources.Poll(one.polled() + other.polled(), one.failed() + other.failed(),
				one.added() + other.added(), one.changed() + other.changed());
	}

}
