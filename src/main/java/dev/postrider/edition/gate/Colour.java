package dev.postrider.edition.gate;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A colour in sRGB.
 *
 * @param red from 0 to 255
 * @param green from 0 to 255
 * @param blue from 0 to 255
 * @param alpha from 0, unseen, to 1
 */
record Colour(int red, int green, int blue, double alpha) {

	static final Colour WHITE = new Colour(255, 255, 255, 1);

	static final Colour BLACK = new Colour(0, 0, 0, 1);

	private static final Pattern HEX = Pattern.compile("#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})");

	private static final Pattern RGB = Pattern
		.compile("rgba?\\(\\s*(\\d{1,3})[\\s,]+(\\d{1,3})[\\s,]+(\\d{1,3})(?:[\\s,/]+([\\d.]+)(%?))?\\s*\\)");

	private static final Map<String, String> NAMES = Map.ofEntries(Map.entry("transparent", "#0000"),
			Map.entry("white", "#fff"), Map.entry("black", "#000"), Map.entry("silver", "#c0c0c0"),
			Map.entry("gray", "#808080"), Map.entry("grey", "#808080"), Map.entry("maroon", "#800000"),
			Map.entry("red", "#f00"), Map.entry("purple", "#800080"), Map.entry("fuchsia", "#f0f"),
			Map.entry("green", "#008000"), Map.entry("lime", "#0f0"), Map.entry("olive", "#808000"),
			Map.entry("yellow", "#ff0"), Map.entry("navy", "#000080"), Map.entry("blue", "#00f"),
			Map.entry("teal", "#008080"), Map.entry("aqua", "#0ff"), Map.entry("orange", "#ffa500"));

	/**
	 * Reads a colour as CSS has it: hexadecimal, {@code rgb()}, {@code rgba()} and the
	 * basic names.
	 * @return the colour, or {@code null} when it is none of these
	 */
	static @Nullable Colour parse(String css) {
		String text = css.strip().toLowerCase(Locale.ROOT);
		String named = NAMES.getOrDefault(text, text);
		Matcher hex = HEX.matcher(named);
		if (hex.matches()) {
			return ofHex(hex.group(1));
		}
		Matcher rgb = RGB.matcher(named);
		if (!rgb.matches()) {
			return null;
		}
		double alpha = (rgb.group(4) == null) ? 1
				: Double.parseDouble(rgb.group(4)) / (rgb.group(5).isEmpty() ? 1 : 100);
		return new Colour(channel(rgb.group(1)), channel(rgb.group(2)), channel(rgb.group(3)),
				Math.max(0, Math.min(1, alpha)));
	}

	private static Colour ofHex(String digits) {
		String all = (digits.length() > 4) ? digits : digits.replaceAll("(.)", "$1$1");
		return new Colour(Integer.parseInt(all.substring(0, 2), 16), Integer.parseInt(all.substring(2, 4), 16),
				Integer.parseInt(all.substring(4, 6), 16),
				(all.length() > 6) ? Integer.parseInt(all.substring(6), 16) / 255.0 : 1);
	}

	private static int channel(String number) {
		return Math.min(255, Integer.parseInt(number));
	}

	/** This colour painted over another. */
	Colour over(Colour below) {
		return new Colour(mixed(this.red, below.red), mixed(this.green, below.green), mixed(this.blue, below.blue), 1);
	}

	private int mixed(int above, int below) {
		return (int) Math.round(above * this.alpha + below * (1 - this.alpha));
	}

	/** The contrast of two opaque colours by WCAG 2: from 1 to 21. */
	static double contrast(Colour one, Colour other) {
		double a = one.luminance();
		double b = other.luminance();
		return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
	}

	/** Relative luminance by WCAG 2. */
	private double luminance() {
		return 0.2126 * linear(this.red) + 0.7152 * linear(this.green) + 0.0722 * linear(this.blue);
	}

	private static double linear(int channel) {
		double share = channel / 255.0;
		return (share <= 0.04045) ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
	}

	/** {@code #1c1b19}. */
	@Override
	public String toString() {
		return String.format(Locale.ROOT, "#%02x%02x%02x", this.red, this.green, this.blue);
	}

}
