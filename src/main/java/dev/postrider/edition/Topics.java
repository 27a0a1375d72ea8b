package dev.postrider.edition;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The topics a reader wants, in the one form in which the same choice is equal: lower
 * case, sorted, each once.
 *
 * @param names of sections; none: all
 */
public record Topics(List<String> names) {

	/** No choice: the edition as it is. */
	public static final Topics ALL = new Topics(List.of());

	public Topics {
		names = names.stream()
			.map((name) -> name.strip().toLowerCase(Locale.ROOT))
			.filter((name) -> !name.isEmpty())
			.distinct()
			.sorted()
			.toList();
	}

	/**
	 * Reads what is stored of a subscription.
	 * @param stored comma separated, or {@code null} for all
	 */
	public static Topics of(@Nullable String stored) {
		return (stored == null) ? ALL : new Topics(Arrays.asList(stored.split(",")));
	}

	/** Comma separated. */
	public String text() {
		return String.join(",", this.names);
	}

}
