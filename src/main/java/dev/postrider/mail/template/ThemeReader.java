package dev.postrider.mail.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

import dev.postrider.mail.TemplateException;
import org.jspecify.annotations.Nullable;

/**
 * Makes a theme of a {@code theme.properties}, or says what is wrong with it. What stands
 * in a theme goes into style sheets as it is, so only what can do no harm gets through.
 */
final class ThemeReader {

	private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");

	private static final Pattern FONT = Pattern
		.compile("(?:'[A-Za-z0-9 -]+'|[A-Za-z0-9 -]+)(?:\\s*,\\s*(?:'[A-Za-z0-9 -]+'|[A-Za-z0-9 -]+))*");

	private static final Pattern GENERIC = Pattern.compile(".*\\b(?:serif|sans-serif|monospace|system-ui)");

	private static final int LONGEST_FONT = 200;

	private static final double LEAST_CONTRAST = 4.5;

	private static final int LONGEST_ALT = 120;

	private static final List<String> TEXTS = List.of("ink", "quiet", "accent");

	private ThemeReader() {
	}

	/**
	 * Reads a theme.
	 * @param place of its file, for errors
	 * @param text of its file
	 * @param folder where a logo lies; {@code null} where there can be none
	 * @param defaults what it does not say
	 * @throws TemplateException when it is wrong
	 */
	static Theme read(String place, String text, @Nullable Path folder, Map<String, String> defaults) {
		ThemeSettings lines = new ThemeSettings(place, text);
		Map<String, String> settings = new HashMap<>(defaults);
		for (String key : new TreeSet<>(ThemeSettings.COLOURS)) {
			String value = lines.get(key);
			if (value != null && !COLOUR.matcher(value).matches()) {
				throw lines.wrong(key, "is \"" + value + "\"; a colour is written #rrggbb, such as #8c2f1b");
			}
			if (value != null) {
				settings.put(key, value.toLowerCase(Locale.ROOT));
			}
		}
		for (String key : ThemeSettings.FONTS) {
			String value = lines.get(key);
			if (value != null) {
				settings.put(key, font(lines, key, value));
			}
		}
		for (String words : TEXTS) {
			contrast(lines, settings, words, "paper");
			contrast(lines, settings, "dark" + words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1),
					"darkPaper");
		}
		return new Theme(lines.get("base"), Map.copyOf(settings), logo(lines, folder));
	}

	private static String font(ThemeSettings lines, String key, String value) {
		if (value.length() > LONGEST_FONT || !FONT.matcher(value).matches()) {
			throw lines.wrong(key, "is \"" + value + "\"; a font is a list of families, those of more than one word in"
					+ " single quotes, such as Georgia, 'Times New Roman', serif");
		}
		if (!GENERIC.matcher(value).matches()) {
			throw lines.wrong(key, "is \"" + value + "\"; few mail programs will have these, so the last family must be"
					+ " serif, sans-serif, monospace or system-ui");
		}
		return value;
	}

	private static void contrast(ThemeSettings lines, Map<String, String> settings, String text, String paper) {
		String ink = settings.get(text);
		String ground = settings.get(paper);
		if (ink == null || ground == null) {
			return;
		}
		double contrast = Contrast.of(ink, ground);
		if (contrast < LEAST_CONTRAST) {
			throw lines.wrong((lines.get(text) != null) ? text : paper,
					String.format(Locale.ROOT,
							"does not do: %s (%s) on %s (%s) has a contrast of %.1f:1, and readers " + "need %.1f:1",
							text, ink, paper, ground, contrast, LEAST_CONTRAST));
		}
	}

	private static Theme.@Nullable Logo logo(ThemeSettings lines, @Nullable Path folder) {
		String file = lines.get("logo");
		if (file == null) {
			return null;
		}
		if (folder == null || !file.matches("[A-Za-z0-9_][A-Za-z0-9._-]*")) {
			throw lines.wrong("logo", "is \"" + file + "\"; it must name a file beside theme.properties");
		}
		String alt = lines.get("logo.alt");
		if (alt == null || alt.isEmpty() || alt.length() > LONGEST_ALT) {
			throw lines.wrong("logo.alt", "is needed beside logo: what the logo says, in at most " + LONGEST_ALT
					+ " characters, for readers who do not see it");
		}
		try {
			Path path = folder.resolve(file);
			if (!Files.exists(path)) {
				throw lines.wrong("logo", "is \"" + file + "\", but there is no such file beside theme.properties");
			}
			// A link out of the folder could show the world any picture of the machine.
			if (!path.toRealPath().startsWith(folder.toRealPath())) {
				throw lines.wrong("logo", "is \"" + file + "\", which leads out of the folder by a link");
			}
			return LogoFile.read(path, alt, lines.get("logo.width"), lines);
		}
		catch (IOException ex) {
			throw lines.wrong("logo", "is \"" + file + "\", which cannot be read: " + ex.getMessage());
		}
	}

}
