package dev.postrider.demo.newsroom;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.Random;

/**
 * What all scenes are made of: skies, suns, ridges, water, mist. Colours are
 * {@code 0xRRGGBB}; lengths are pixels of a picture 1200 wide and 675 high.
 */
final class Canvas {

	static final int WIDTH = Picture.WIDTH;

	static final int HEIGHT = Picture.HEIGHT;

	private final Graphics2D graphics;

	private final Random random;

	Canvas(Graphics2D graphics, Random random) {
		this.graphics = graphics;
		this.random = random;
		graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
		graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
	}

	/** Half of the pictures look the other way. */
	void turn() {
		if (chance(0.5)) {
			this.graphics.translate(WIDTH, 0);
			this.graphics.scale(-1, 1);
		}
	}

	/** Another hour of the day: a thin layer of one colour. */
	void tint() {
		int[] hours = { 0xffb070, 0x4060b0, 0xf0e0c0, 0x803060 };
		box(0, 0, WIDTH, HEIGHT, hours[this.random.nextInt(hours.length)], between(0.02, 0.16));
	}

	double between(double low, double high) {
		return low + (high - low) * this.random.nextDouble();
	}

	boolean chance(double probability) {
		return this.random.nextDouble() < probability;
	}

	/** The colour with an opacity from 0 to 1. */
	static Color color(int rgb, double opacity) {
		return new Color(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255, (int) Math.round(opacity * 255));
	}

	/** A colour between two. */
	static int mix(int from, int to, double share) {
		int red = (int) ((from >> 16 & 255) * (1 - share) + (to >> 16 & 255) * share);
		int green = (int) ((from >> 8 & 255) * (1 - share) + (to >> 8 & 255) * share);
		int blue = (int) ((from & 255) * (1 - share) + (to & 255) * share);
		return red << 16 | green << 8 | blue;
	}

	/** Fills a band with colours from top to bottom. */
	void gradient(double top, double bottom, int... colors) {
		Color[] stops = new Color[colors.length];
		float[] at = new float[colors.length];
		for (int i = 0; i < colors.length; i++) {
			stops[i] = color(colors[i], 1);
			at[i] = (float) i / (colors.length - 1);
		}
		this.graphics.setPaint(new LinearGradientPaint(0, (float) top, 0, (float) bottom, at, stops));
		this.graphics.fill(new Rectangle2D.Double(0, top, WIDTH, bottom - top));
	}

	/** Light that fades outwards. */
	void glow(double x, double y, double radius, int rgb, double opacity) {
		this.graphics
			.setPaint(new RadialGradientPaint((float) x, (float) y, (float) radius, new float[] { 0, 0.35f, 1 },
					new Color[] { color(rgb, opacity), color(rgb, opacity * 0.45), color(rgb, 0) }));
		this.graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
	}

	/** A sun or moon with its glow. */
	void sun(double x, double y, double radius, int rgb) {
		glow(x, y, radius * 7, rgb, 0.55);
		disc(x, y, radius, rgb, 1);
	}

	void disc(double x, double y, double radius, int rgb, double opacity) {
		fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius), rgb, opacity);
	}

	void box(double x, double y, double width, double height, int rgb, double opacity) {
		fill(new Rectangle2D.Double(x, y, width, height), rgb, opacity);
	}

	void line(double x1, double y1, double x2, double y2, double width, int rgb, double opacity) {
		this.graphics.setPaint(color(rgb, opacity));
		this.graphics.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
		this.graphics.draw(new Line2D.Double(x1, y1, x2, y2));
	}

	void fill(Shape shape, int rgb, double opacity) {
		this.graphics.setPaint(color(rgb, opacity));
		this.graphics.fill(shape);
	}

	/** A filled shape through the points x1, y1, x2, y2 … */
	void polygon(int rgb, double opacity, double... points) {
		Path2D path = new Path2D.Double();
		path.moveTo(points[0], points[1]);
		for (int i = 2; i < points.length; i += 2) {
			path.lineTo(points[i], points[i + 1]);
		}
		path.closePath();
		fill(path, rgb, opacity);
	}

	/** A soft outline of hills, filled down to the lower edge. */
	void ridge(double base, double height, double waves, int rgb) {
		double[] phase = { between(0, 7), between(0, 7), between(0, 7) };
		Path2D path = new Path2D.Double();
		path.moveTo(0, HEIGHT);
		for (int x = 0; x <= WIDTH; x += 4) {
			double at = x * waves * Math.PI * 2 / WIDTH;
			double rise = 0.55 * Math.sin(at + phase[0]) + 0.3 * Math.sin(2.1 * at + phase[1])
					+ 0.15 * Math.sin(4.7 * at + phase[2]);
			path.lineTo(x, base - height * (0.5 + 0.5 * rise));
		}
		path.lineTo(WIDTH, HEIGHT);
		path.closePath();
		fill(path, rgb, 1);
	}

	/** A band of mist, thickest in its middle. */
	void mist(double middle, double height, int rgb, double opacity) {
		this.graphics.setPaint(new LinearGradientPaint(0, (float) (middle - height), 0, (float) (middle + height),
				new float[] { 0, 0.5f, 1 }, new Color[] { color(rgb, 0), color(rgb, opacity), color(rgb, 0) }));
		this.graphics.fill(new Rectangle2D.Double(0, middle - height, WIDTH, 2 * height));
	}

	/** Light on water below a lamp or sun: short strokes, wider towards us. */
	void reflection(double x, double top, double bottom, double width, int rgb) {
		for (double y = top; y < bottom; y += 5) {
			double share = (y - top) / (bottom - top);
			double half = width * (0.35 + share) * between(0.35, 1) / 2;
			line(x - half + between(-6, 6) * share, y, x + half + between(-6, 6) * share, y, 1.6 + 1.6 * share, rgb,
					0.5 * (1 - share));
		}
	}

	/** Quiet ripples over the whole water. */
	void ripples(double top, double bottom, int rgb) {
		for (int i = 0; i < 170; i++) {
			double depth = Math.pow(this.random.nextDouble(), 1.6);
			double y = top + 6 + (bottom - top) * depth;
			double length = 14 + 90 * depth * this.random.nextDouble();
			double x = between(-40, WIDTH);
			line(x, y, x + length, y, 1 + 1.4 * depth, rgb, 0.16);
		}
	}

	/** Long thin clouds. */
	void clouds(double top, double bottom, int rgb, int count) {
		for (int i = 0; i < count; i++) {
			double x = between(-100, WIDTH);
			double y = between(top, bottom);
			double length = between(160, 480);
			for (int j = 0; j < 4; j++) {
				double part = length * between(0.4, 0.9);
				fill(new RoundRectangle2D.Double(x + between(0, length - part), y + j * 7, part, 9, 9, 9), rgb, 0.2);
			}
		}
	}

	/** A few birds far off. */
	void birds(double x, double y, int rgb) {
		for (int i = 0; i < 6; i++) {
			double left = x + between(-90, 90);
			double top = y + between(-40, 40);
			double wing = between(6, 12);
			line(left - wing, top - wing / 2, left, top, 1.8, rgb, 0.8);
			line(left, top, left + wing, top - wing / 2, 1.8, rgb, 0.8);
		}
	}

	/** Darkens the corners a little, so that all pictures feel like one hand's. */
	void vignette() {
		this.graphics.setPaint(new RadialGradientPaint(WIDTH / 2f, HEIGHT / 2f, WIDTH * 0.68f, new float[] { 0.6f, 1 },
				new Color[] { color(0, 0), color(0, 0.3) }));
		this.graphics.fill(new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
	}

	void dispose() {
		this.graphics.dispose();
	}

}
