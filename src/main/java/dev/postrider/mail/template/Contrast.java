package dev.postrider.mail.template;

/**
 * Contrast of two colours, as WCAG 2.2 reckons it.
 */
final class Contrast {

	private Contrast() {
	}

	/**
	 * From 1, the same, to 21, black on white.
	 * @param one {@code #rrggbb}
	 * @param other {@code #rrggbb}
	 */
	static double of(String one, String other) {
		double first = luminance(one);
		double second = luminance(other);
		return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
	}

	private static double luminance(String colour) {
		int rgb = Integer.parseInt(colour.substring(1), 16);
		return 0.2126 * linear(rgb >> 16 & 0xff) + 0.7152 * linear(rgb >> 8 & 0xff) + 0.0722 * linear(rgb & 0xff);
	}

	private static double linear(int channel) {
		double part = channel / 255.0;
		return (part <= 0.04045) ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
	}

}
