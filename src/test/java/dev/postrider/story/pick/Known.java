package dev.postrider.story.pick;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

import dev.postrider.story.Mailings.Mailing;
import dev.postrider.story.Story;
import dev.postrider.story.StoryKind;
import dev.postrider.story.pick.Facts.Ban;
import dev.postrider.story.pick.Facts.Engagement;
import dev.postrider.story.pick.Facts.Sighting;
import org.jspecify.annotations.Nullable;

/**
 * Makes what is known of a story, for tests: by default one hour old news of which
 * nothing else is known.
 */
final class Known {

	static final Instant AT = Instant.parse("2026-11-23T06:00:00Z");

	private final long id;

	private final List<Sighting> sightings = new ArrayList<>();

	private String headline;

	private String summary = "";

	private @Nullable String section;

	private StoryKind kind = StoryKind.NEWS;

	private Story.@Nullable Image image;

	private Instant published = AT.minus(Duration.ofHours(1));

	private @Nullable Instant embargo;

	private @Nullable Instant withdrawn;

	private @Nullable Instant updated;

	private @Nullable Engagement engagement;

	private double boost;

	private @Nullable Ban ban;

	private @Nullable Mailing mailing;

	private Known(long id) {
		this.id = id;
		// Words that no other story has, so that it is no other's event.
		this.headline = "Qx" + id + "ba zu" + id * 7 + "ri mo" + id * 13 + "la";
	}

	static Known story(long id) {
		return new Known(id);
	}

	Known says(String headline, String summary) {
		this.headline = headline;
		this.summary = summary;
		return this;
	}

	Known section(@Nullable String section) {
		this.section = section;
		return this;
	}

	Known kind(StoryKind kind) {
		this.kind = kind;
		return this;
	}

	Known picture(boolean notForEmail) {
		this.image = new Story.Image("https://news.example/" + this.id + ".jpg", "", null, null, null, notForEmail);
		return this;
	}

	Known old(Duration age) {
		this.published = AT.minus(age);
		return this;
	}

	Known embargo(Instant until) {
		this.embargo = until;
		return this;
	}

	Known withdrawn() {
		this.withdrawn = AT.minusSeconds(60);
		return this;
	}

	Known updated(Duration ago) {
		this.updated = AT.minus(ago);
		return this;
	}

	Known engagement(long views, long comments, long shares) {
		this.engagement = new Engagement(views, comments, shares);
		return this;
	}

	Known boost(double boost) {
		this.boost = boost;
		return this;
	}

	Known banned(String actor) {
		this.ban = new Ban(actor, AT);
		return this;
	}

	Known mailed(Duration ago) {
		Instant at = AT.minus(ago);
		this.mailing = new Mailing(LocalDate.ofInstant(at, ZoneId.of("UTC")), at);
		return this;
	}

	Known seen(long source, String feed, @Nullable String feedSection, @Nullable Integer position) {
		this.sightings.add(new Sighting(source, feed, feedSection, position));
		return this;
	}

	Known front(int position) {
		return seen(1, "The Courier", null, position);
	}

	Facts facts() {
		return new Facts(
				new Story(this.id, null, "https://news.example/" + this.id, this.headline, this.summary, "",
						this.section, List.of(), null, this.kind, "en", this.image, null, List.of(), null,
						this.published, this.embargo, this.withdrawn, this.published, this.published),
				this.sightings, this.engagement, this.boost, this.updated, this.ban, this.mailing);
	}

}
