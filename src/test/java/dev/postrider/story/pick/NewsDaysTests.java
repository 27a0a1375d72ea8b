package dev.postrider.story.pick;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.postrider.newsletter.PickingRules;
import dev.postrider.story.Story;
import dev.postrider.story.StoryKind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Twenty news days with the stories an editor chose: the pick, by the rules a newsletter
 * has from the start, against the newest stories. The labels were written before any
 * ranking saw them; they are not to be changed for its sake. The built-in weights were
 * set with these days in sight, so there are five others to see what that is worth.
 */
class NewsDaysTests {

	@Test
	void thePickAgreesWithTheEditorClearlyMoreOftenThanNewestFirst() {
		Agreement agreement = compare("newsdays", NewsDay.all());
		assertThat(agreement.days()).isEqualTo(20);
		assertThat(agreement.pick()).isGreaterThan(agreement.newest() + 0.25);
		assertThat(agreement.better()).isGreaterThanOrEqualTo(15);
		assertThat(agreement.worse()).isZero();
	}

	@Test
	void soItDoesOnDaysTheWeightsWereNotSetBy() {
		Agreement agreement = compare("newsdays_held_out", NewsDay.heldOut());
		assertThat(agreement.days()).isEqualTo(5);
		assertThat(agreement.pick()).isGreaterThan(agreement.newest() + 0.15);
		assertThat(agreement.worse()).isZero();
	}

	private static Agreement compare(String name, List<NewsDay> days) {
		int wanted = 0;
		int picked = 0;
		int newest = 0;
		int better = 0;
		int worse = 0;
		for (NewsDay day : days) {
			int byPick = day.agreement(pick(day));
			int byAge = day.agreement(newest(day));
			wanted += day.wanted();
			picked += byPick;
			newest += byAge;
			better += (byPick > byAge) ? 1 : 0;
			worse += (byPick < byAge) ? 1 : 0;
			System.out.printf("%s wanted=%d pick=%d newest=%d day=\"%s\"%n", name, day.wanted(), byPick, byAge,
					day.title());
		}
		Agreement agreement = new Agreement(days.size(), (double) picked / wanted, (double) newest / wanted, better,
				worse);
		System.out.printf("%s days=%d stories=%d pick=%.2f newest=%.2f better=%d worse=%d%n", name, days.size(), wanted,
				agreement.pick(), agreement.newest(), better, worse);
		return agreement;
	}

	private static List<Long> pick(NewsDay day) {
		return Choice.of(day.stories(), Requests.of(PickingRules.DEFAULT, day.wanted()))
			.picks()
			.stream()
			.map((pick) -> pick.story().id())
			.toList();
	}

	/** The newest, and no second podcast or feature. */
	private static List<Long> newest(NewsDay day) {
		List<Long> chosen = new ArrayList<>();
		Set<StoryKind> had = EnumSet.noneOf(StoryKind.class);
		day.stories()
			.stream()
			.map(Facts::story)
			.sorted(Comparator.comparing(Story::publishedAt).thenComparing(Story::id).reversed())
			.forEach((story) -> {
				boolean once = story.kind() == StoryKind.PODCAST || story.kind() == StoryKind.FEATURE;
				if (chosen.size() < day.wanted() && (!once || had.add(story.kind()))) {
					chosen.add(story.id());
				}
			});
		return chosen;
	}

	/** Shares of the editor's stories, and days on which the pick found more or fewer. */
	private record Agreement(int days, double pick, double newest, int better, int worse) {
	}

}
