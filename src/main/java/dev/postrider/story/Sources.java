package dev.postrider.story;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The feeds that stories come from.
 */
public interface Sources {

	/** All of them, by name. */
	List<Source> all();

	/** One of them. */
	Optional<Source> find(long id);

	/**
	 * Adds a source; one that exists already is returned, its section changed.
	 * @param url http(s), or {@code file:} below the allowed folder
	 * @param section for stories that name none
	 * @return the source
	 * @throws SourceException when the address may not be used; says why
	 */
	Source add(String url, @Nullable String section);

	/**
	 * Fetches and reads a feed without storing anything.
	 * @param url the address
	 * @return what it would give
	 * @throws SourceException when it cannot be fetched or read; says why
	 */
	Preview test(String url);

	/** Removes a source; its stories stay. */
	void remove(long id);

	/**
	 * Polls all sources that are due, each for itself: a broken one is recorded and stops
	 * nobody else.
	 * @param evenIfNotDue poll those too that were polled a moment ago
	 * @return what came of it
	 */
	Poll poll(boolean evenIfNotDue);

	/**
	 * What a feed holds.
	 *
	 * @param title the feed's own name
	 * @param headlines of its stories, in its order
	 */
	record Preview(@Nullable String title, List<String> headlines) {
	}

	/**
	 * What a round of polling did.
	 *
	 * @param polled sources asked
	 * @param failed sources that gave nothing readable
	 * @param added stories seen for the first time
	 * @param changed stories that were different
	 */
	record Poll(int polled, int failed, int added, int changed) {
	}

}
