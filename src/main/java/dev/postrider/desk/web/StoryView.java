package dev.postrider.desk.web;

import java.util.ArrayList;
import java.util.List;

import dev.postrider.story.Story;
import dev.postrider.story.StoryTrail;
import org.jspecify.annotations.Nullable;

/**
 * A story with all that is known of it.
 *
 * @param headline as it is now
 * @param summary as it is now, may be empty
 * @param label section and kind
 * @param url the article
 * @param facts what stands around it on the site, and its dates
 * @param warnings why it cannot be mailed now
 * @param related links beside it
 * @param sightings the feeds that carry it
 * @param engagement what readers of the site did with it, in words
 * @param changes what it was before, the newest first
 */
public record StoryView(String headline, String summary, String label, String url, List<Fact> facts,
		List<String> warnings, List<Story.Link> related, List<Place> sightings, @Nullable String engagement,
		List<Change> changes) {

	static StoryView of(Story story, StoryTrail trail, Times times) {
		return new StoryView(story.headline(), story.summary(), PickView.label(story), story.url(), facts(story, times),
				warnings(story, times), story.related(),
				trail.sightings().stream().map((sighting) -> Place.of(sighting, times)).toList(),
				engagement(trail.engagement(), times),
				trail.changes().stream().map((change) -> Change.of(change, times)).toList());
	}

	private static List<Fact> facts(Story story, Times times) {
		List<Fact> facts = new ArrayList<>();
		facts.add(new Fact("Published", times.brief(story.publishedAt())));
		facts.add(new Fact("Came in", times.brief(story.firstSeenAt())));
		add(facts, "By", story.author());
		add(facts, "Tags", String.join(", ", story.tags()));
		Story.Image image = story.image();
		if (image != null) {
			String credit = (image.credit() != null) ? image.credit() : "no credit given";
			add(facts, "Photo", image.notForEmail() ? credit + "; not licensed for e-mail" : credit);
		}
		Story.Audio audio = story.audio();
		if (audio != null && audio.length() != null) {
			add(facts, "To hear", Times.counted(Math.max(1, Math.round(audio.length().toSeconds() / 60.0)), "minute"));
		}
		add(facts, "Language", story.language());
		return facts;
	}

	private static void add(List<Fact> facts, String word, @Nullable String value) {
		if (value != null && !value.isBlank()) {
			facts.add(new Fact(word, value));
		}
	}

	private static List<String> warnings(Story story, Times times) {
		List<String> warnings = new ArrayList<>();
		if (story.withdrawnAt() != null) {
			warnings.add(
					"The newsroom took this story back " + times.brief(story.withdrawnAt()) + ". No edition picks it.");
		}
		if (story.embargoUntil() != null && story.embargoUntil().isAfter(times.now())) {
			warnings.add("Under embargo until " + times.moment(story.embargoUntil()) + ".");
		}
		return warnings;
	}

	private static @Nullable String engagement(StoryTrail.@Nullable Engagement engagement, Times times) {
		return (engagement == null) ? null
				: Times.counted(engagement.views(), "view") + ", " + Times.counted(engagement.comments(), "comment")
						+ " and " + Times.counted(engagement.shares(), "share") + ", as counted "
						+ times.brief(engagement.updatedAt());
	}

	/**
	 * One thing that is known.
	 *
	 * @param word what it is
	 * @param value in words
	 */
	public record Fact(String word, String value) {
	}

	/**
	 * A feed that carries it.
	 *
	 * @param source its name
	 * @param position where in it, in words
	 * @param since when it came there
	 */
	public record Place(String source, String position, String since) {

		static Place of(StoryTrail.Sighting sighting, Times times) {
			Integer position = sighting.position();
			return new Place(sighting.source(), (position != null) ? "number " + position : "no longer in it",
					times.brief(sighting.firstSeenAt()));
		}

	}

	/**
	 * A change.
	 *
	 * @param at when it came in
	 * @param fields what was changed
	 * @param headline the one before
	 * @param summary the one before
	 * @param substantial whether readers who had it may get it again
	 */
	public record Change(String at, String fields, String headline, String summary, boolean substantial) {

		static Change of(StoryTrail.Change change, Times times) {
			String fields = String.join(", ", change.fields());
			return new Change(times.brief(change.at()),
					fields.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + fields.substring(1), change.headline(),
					change.summary(), change.substantial());
		}

	}

}
