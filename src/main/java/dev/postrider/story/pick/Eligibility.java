package dev.postrider.story.pick;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.postrider.story.Mailings.Mailing;
import dev.postrider.story.Story;
import dev.postrider.story.StoryPicker.Request;

/**
 * What may be picked at all, however good it is.
 */
final class Eligibility {

	private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

	private final Request request;

	private final Set<Long> kept;

	private final Set<String> topics;

	Eligibility(Request request) {
		this.request = request;
		this.kept = request.kept().stream().map(Story::id).collect(Collectors.toSet());
		this.topics = request.topics()
			.stream()
			.map((topic) -> topic.toLowerCase(Locale.ROOT))
			.collect(Collectors.toSet());
	}

	/** Why it may not be picked, or empty. */
	Optional<Verdict> refuse(Facts facts) {
		Story story = facts.story();
		if (this.kept.contains(story.id())) {
			return verdict("in the edition already", "In the edition already");
		}
		Instant at = this.request.at();
		Instant withdrawn = story.withdrawnAt();
		if (withdrawn != null) {
			return verdict("withdrawn", "Withdrawn by its newsroom");
		}
		if (facts.ban() != null) {
			return verdict("banned", "Banned by " + facts.ban().actor());
		}
		Mailing mailing = facts.mailing();
		if (mailing != null && facts.isMailed()) {
			return verdict("mailed before", "Mailed on " + mailing.date());
		}
		if (this.request.without().contains(story.id())) {
			return verdict("left out of this edition", "Dropped from this edition, or in another one");
		}
		Instant embargo = story.embargoUntil();
		if (embargo != null && embargo.isAfter(at)) {
			return verdict("under embargo", "Under embargo until " + moment(embargo));
		}
		if (story.publishedAt().isAfter(at)) {
			return verdict("not yet published", "Not published before " + moment(story.publishedAt()));
		}
		Duration window = this.request.newsletter().storyWindow();
		if (!facts.freshAt().isAfter(at.minus(window))) {
			return verdict("too old",
					"Too old: " + Phrases.count(Duration.between(facts.freshAt(), at).toHours(), "hour")
							+ ", wanted are " + window.toHours() + " at most");
		}
		String section = story.section();
		if (!this.topics.isEmpty() && (section == null || !this.topics.contains(section.toLowerCase(Locale.ROOT)))) {
			return verdict("of other topics", "Not of the topics wanted");
		}
		return Optional.empty();
	}

	/**
	 * Readers had the event: a story of it that is not newer than what they had is no
	 * news. What the same newsroom brings after that is newer, whatever its date says.
	 */
	static Optional<Verdict> refuse(Facts facts, Facts mailed) {
		Mailing mailing = mailed.mailing();
		if (mailing == null || facts.freshAt().isAfter(mailing.at())) {
			return Optional.empty();
		}
		boolean sequel = Objects.equals(facts.story().sourceId(), mailed.story().sourceId())
				&& facts.story().firstSeenAt().isAfter(mailing.at());
		return sequel ? Optional.empty() : verdict("mailed before",
				"Same event as " + Phrases.quoted(mailed.story().headline()) + ", mailed on " + mailing.date());
	}

	private String moment(Instant moment) {
		return MOMENT.format(moment.atZone(this.request.newsletter().zone()));
	}

	private static Optional<Verdict> verdict(String sort, String words) {
		return Optional.of(new Verdict(sort, words));
	}

}
