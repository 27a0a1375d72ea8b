package dev.postrider.story.pick;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

import dev.postrider.story.Story;
import dev.postrider.story.pick.Facts.Engagement;
import org.jspecify.annotations.Nullable;

/**
 * What the site's readers care for, section by section: a sports page has other numbers
 * than a city council, so a story is held against its own section first.
 */
final class Readership {

	/** Fewer than this say nothing of what is usual in a section. */
	private static final int ENOUGH = 3;

	/**
	 * Below this nobody can say that readers care: fifty views, two or three comments.
	 */
	private static final double FEW = 50;

	private static final Section NOBODY = new Section(0, 0, 0, List.of());

	private final Map<String, Section> sections = new HashMap<>();

	private final Section all;

	Readership(Collection<Facts> facts) {
		Map<String, List<Facts>> bySection = new HashMap<>();
		for (Facts one : facts) {
			if (one.engagement() != null) {
				bySection.computeIfAbsent(key(one.story()), (section) -> new ArrayList<>()).add(one);
			}
		}
		bySection.forEach((section, members) -> this.sections.put(section, Section.of(members)));
		this.all = Section.of(bySection.values().stream().flatMap(List::stream).toList());
	}

	/**
	 * How much readers care: half by its own section, half by all.
	 * @return 0 to 1
	 */
	double interest(Facts facts) {
		Engagement engagement = facts.engagement();
		if (engagement == null) {
			return 0;
		}
		Section own = this.sections.getOrDefault(key(facts.story()), NOBODY);
		double overall = this.all.share(engagement.interest());
		return (own.members < ENOUGH) ? overall : (own.share(engagement.interest()) + overall) / 2;
	}

	/** {@code most commented in Business}, if it is the most of anything. */
	Optional<String> distinction(Facts facts) {
		String section = facts.story().section();
		Optional<String> overall = this.all.most(facts).map((most) -> most + " of all");
		if (overall.isPresent() && this.sections.size() > 1) {
			return overall;
		}
		Section own = this.sections.getOrDefault(key(facts.story()), NOBODY);
		return own.most(facts).map((most) -> (section != null) ? most + " in " + section : most);
	}

	private static String key(Story story) {
		String section = story.section();
		return (section != null) ? section.toLowerCase(Locale.ROOT) : "";
	}

	/**
	 * @param most the greatest interest
	 * @param usual the interest of the one in the middle
	 * @param members how many stories have numbers
	 * @param tops who has the most of what
	 */
	private record Section(double most, double usual, int members, List<Top> tops) {

		static Section of(List<Facts> members) {
			double[] interests = members.stream()
				.mapToDouble((one) -> (one.engagement() != null) ? one.engagement().interest() : 0)
				.sorted()
				.toArray();
			return new Section((interests.length > 0) ? interests[interests.length - 1] : 0,
					(interests.length > 0) ? interests[interests.length / 2] : 0, members.size(),
					List.of(new Top("most read", only(members, Engagement::views, 20)),
							new Top("most commented", only(members, Engagement::comments, 3)),
							new Top("most shared", only(members, Engagement::shares, 3))));
		}

		/**
		 * By magnitude: what the most have is 1, what is usual far less, nothing is 0.
		 */
		double share(double interest) {
			double unit = Math.max(this.usual, FEW);
			return Math.log1p(interest / unit) / Math.log1p(Math.max(this.most, 2 * FEW) / unit);
		}

		Optional<String> most(Facts facts) {
			return (this.members < 2) ? Optional.empty()
					: this.tops.stream()
						.filter((top) -> top.story != null && top.story == facts.id())
						.map(Top::words)
						.findFirst();
		}

		/** The one story that has more than any other, if that is worth a word. */
		private static @Nullable Long only(List<Facts> members, ToLongFunction<Engagement> count, long least) {
			Long top = null;
			long most = least - 1;
			for (Facts one : members) {
				Engagement engagement = one.engagement();
				long number = (engagement != null) ? count.applyAsLong(engagement) : 0;
				if (number > most) {
					most = number;
					top = one.id();
				}
				else if (number == most) {
					top = null;
				}
			}
			return top;
		}

	}

	private record Top(String words, @Nullable Long story) {
	}

}
