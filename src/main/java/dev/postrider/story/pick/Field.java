package dev.postrider.story.pick;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.postrider.story.Story;
import dev.postrider.story.StoryPicker.Request;

/**
 * Stories ranked, and told which are of the same event. To find that out of ten thousand
 * takes longer than all the rest, and those far behind are not picked: so it is first
 * found out of the foremost.
 */
final class Field {

	/** As many as most newsrooms write in three days; agencies write more. */
	private static final int FOREMOST = 600;

	private final List<Facts> all;

	private final Request request;

	private final Predicate<Facts> eligible;

	private final Set<Long> looked;

	private final Events events;

	private final List<Ranked> ranked;

	private Field(List<Facts> all, Request request, Predicate<Facts> eligible, Ranking ranking, List<Ranked> order,
			int foremost) {
		this.all = all;
		this.request = request;
		this.eligible = eligible;
		List<Story> compared = new ArrayList<>(
				order.stream().filter((one) -> eligible.test(one.facts())).limit(foremost).map(Ranked::story).toList());
		this.looked = new HashSet<>(compared.stream().map(Story::id).toList());
		this.events = Events.of(Stream
			.of(request.kept().stream(), all.stream().filter(Facts::isMailed).map(Facts::story), compared.stream())
			.flatMap((stories) -> stories)
			.sorted(Comparator.comparingLong(Story::id))
			.toList());
		this.ranked = ranking.again(order, this.events);
	}

	/**
	 * Ranks stories.
	 * @param all each once, in an order of their own
	 * @param request by which rules
	 * @param eligible which of them may be picked
	 */
	static Field of(List<Facts> all, Request request, Predicate<Facts> eligible) {
		Ranking ranking = new Ranking(all, request.rules(), request.at());
		return new Field(all, request, eligible, ranking, ranking.of(all), FOREMOST);
	}

	/** The same, with all of them compared. */
	Field whole() {
		Ranking ranking = new Ranking(this.all, this.request.rules(), this.request.at());
		return new Field(this.all, this.request, this.eligible, ranking, this.ranked, Integer.MAX_VALUE);
	}

	/** Whether all of these were compared with each other. */
	boolean covers(List<Ranked> picks) {
		return picks.stream().allMatch((pick) -> this.looked.contains(pick.id()));
	}

	Events events() {
		return this.events;
	}

	/** All, best first. */
	List<Ranked> ranked() {
		return this.ranked;
	}

}
