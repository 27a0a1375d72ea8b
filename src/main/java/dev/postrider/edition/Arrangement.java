package dev.postrider.edition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.postrider.edition.Edition.Pick;

/**
 * Brings the stories that stay and those chosen anew into one order.
 */
final class Arrangement {

	private Arrangement() {
	}

	/**
	 * The stories that stay keep their places, the new ones fill the others in their
	 * order.
	 * @param staying in order of position
	 * @param chosen best first, none of which stays
	 */
	static List<Pick> around(List<Pick> staying, List<Pick> chosen) {
		List<Pick> result = new ArrayList<>();
		int total = staying.size() + chosen.size();
		int nextChosen = 0;
		for (int i = 0; i < staying.size(); i++) {
			// Where there are fewer stories than there were, the last places move up.
			int place = Math.min(staying.get(i).position(), total - (staying.size() - 1 - i));
			while (result.size() < place - 1) {
				result.add(chosen.get(nextChosen++));
			}
			result.add(staying.get(i));
		}
		result.addAll(chosen.subList(nextChosen, chosen.size()));
		return result;
	}

	/**
	 * An editor's order is kept: stories chosen again stay where they are, new ones come
	 * last.
	 * @param current all stories the edition had, in the editor's order
	 * @param staying those of them that stay whatever was chosen
	 * @param chosen best first, none of which stays
	 */
	static List<Pick> inOrderOf(List<Pick> current, List<Pick> staying, List<Pick> chosen) {
		Map<Long, Pick> wanted = Stream.concat(staying.stream(), chosen.stream())
			.collect(Collectors.toMap((pick) -> pick.story().id(), Function.identity()));
		List<Pick> result = new ArrayList<>();
		for (Pick pick : current) {
			Pick kept = wanted.remove(pick.story().id());
			if (kept != null) {
				result.add(kept);
			}
		}
		chosen.stream().filter((pick) -> wanted.containsKey(pick.story().id())).forEach(result::add);
		return result;
	}

}
