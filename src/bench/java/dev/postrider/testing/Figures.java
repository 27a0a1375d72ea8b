package dev.postrider.testing;

import java.util.Locale;
import java.util.StringJoiner;

/**
 * What a benchmark says: one line of {@code NAME figure=value …} on standard output.
 */
public final class Figures {

	private final StringJoiner line;

	private Figures(String name) {
		this.line = new StringJoiner(" ").add(name);
	}

	public static Figures of(String name) {
		return new Figures(name);
	}

	public Figures add(String figure, String value) {
		this.line.add(figure + "=" + value);
		return this;
	}

	public Figures add(String figure, long value) {
		this.line.add(figure + "=" + value);
		return this;
	}

	public Figures add(String figure, double value) {
		this.line.add(String.format(Locale.ROOT, "%s=%.3f", figure, value));
		return this;
	}

	public void print() {
		FiguresOnly.OUT.println(this.line);
	}

}
