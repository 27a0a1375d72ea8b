package dev.postrider.demo.newsroom;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * One day's paper. Its moment is part of every story's address, so that each start of the
 * demo, and each day it runs, has thirty stories that no edition carried before.
 *
 * @param at when it came out, to the second
 */
public record Issue(Instant at) {

	/** Between one story and the next. */
	private static final Duration STEP = Duration.ofMinutes(23);

	/** A front page is in the editors' order, not in that of time. */
	private static final int STRIDE = 11;

	/** Each issue leads with another of the first stories of a full edition. */
	private static final int ROTATION = 7;

	private static final DateTimeFormatter ID = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

	public Issue {
		at = at.truncatedTo(ChronoUnit.SECONDS);
	}

	/** The issue that an address names. */
	static Optional<Issue> byId(String id) {
		try {
			return Optional.of(new Issue(ID.parse(id, Instant::from)));
		}
		catch (DateTimeParseException ex) {
			return Optional.empty();
		}
	}

	/** Its name in addresses. */
	String id() {
		return ID.format(this.at);
	}

	/**
	 * The stories with their times, in the order of the front page; the lead is the
	 * newest.
	 * @param stories all there are
	 * @param count how many issues there were before; turns the order, so that successive
	 * issues open with different stories
	 */
	List<Item> items(List<NewsroomStory> stories, int count) {
		List<NewsroomStory> turned = new ArrayList<>(stories);
		Collections.rotate(turned, -ROTATION * count);
		List<Item> items = new ArrayList<>();
		for (int i = 0; i < turned.size(); i++) {
			items.add(new Item(turned.get(i), this.at.minus(STEP.multipliedBy((long) i * STRIDE % turned.size()))));
		}
		return items;
	}

	/**
	 * A story in an issue.
	 *
	 * @param story what
	 * @param publishedAt when
	 */
	public record Item(NewsroomStory story, Instant publishedAt) {
	}

}
