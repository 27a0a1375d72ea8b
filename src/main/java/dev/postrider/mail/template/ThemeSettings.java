package dev.postrider.mail.template;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.postrider.mail.TemplateException;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a {@code theme.properties}, {@code key = value}, each known by its line so
 * that what is wrong can be found.
 */
final class ThemeSettings {

	static final Set<String> COLOURS = Set.of("paper", "ink", "quiet", "line", "accent", "darkPaper", "darkInk",
			"darkQuiet", "darkLine", "darkAccent");

	static final Set<String> FONTS = Set.of("serif", "sans");

	private static final Set<String> OTHERS = Set.of("base", "logo", "logo.alt", "logo.width");

	private final String place;

	private final Map<String, Line> lines = new LinkedHashMap<>();

	/**
	 * Reads the lines.
	 * @param place the file's path, for errors
	 * @param text its content
	 */
	ThemeSettings(String place, String text) {
		this.place = place;
		int number = 0;
		for (String each : text.split("\\R", -1)) {
			number++;
			String line = each.strip();
			if (!line.isEmpty() && !line.startsWith("#")) {
				add(number, line);
			}
		}
	}

	private void add(int number, String line) {
		int equals = line.indexOf('=');
		if (equals <= 0) {
			throw new TemplateException(this.place, number, "\"" + line + "\" is no setting; write key = value", null);
		}
		String key = line.substring(0, equals).strip();
		if (!COLOURS.contains(key) && !FONTS.contains(key) && !OTHERS.contains(key)) {
			Set<String> known = new TreeSet<>(OTHERS);
			known.addAll(COLOURS);
			known.addAll(FONTS);
			throw new TemplateException(this.place, number,
					"there is no setting \"" + key + "\"; there are " + String.join(", ", known), null);
		}
		Line earlier = this.lines.putIfAbsent(key, new Line(number, line.substring(equals + 1).strip()));
		if (earlier != null) {
			throw new TemplateException(this.place, number, key + " is set on line " + earlier.number() + " already",
					null);
		}
	}

	@Nullable String get(String key) {
		Line line = this.lines.get(key);
		return (line != null) ? line.value() : null;
	}

	/** Something wrong with a setting; its line is named if it has one. */
	TemplateException wrong(String key, String reason) {
		Line line = this.lines.get(key);
		return new TemplateException(this.place, (line != null) ? line.number() : 0, key + " " + reason, null);
	}

	private record Line(int number, String value) {
	}

}
