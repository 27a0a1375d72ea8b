package dev.postrider.demo.newsroom;

import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;

/**
 * Scenes under a roof or under floodlights, and the sound of a podcast.
 */
final class Rooms {

	private static final int WIDTH = Canvas.WIDTH;

	private static final int HEIGHT = Canvas.HEIGHT;

	private static final int[] GROUNDS = { 0x10223f, 0x3a1020, 0x0f3a38 };

	private static final int[] TONES = { 0xffb25c, 0xff8f7a, 0x7fd6c4 };

	private Rooms() {
	}

	static void stage(Canvas canvas) {
		canvas.gradient(0, HEIGHT, 0x1a0b12, 0x3a1420, 0x16080e);
		canvas.gradient(430, 500, 0x7a4a2a, 0x4a2a1a);
		for (int i = 0; i < 5; i++) {
			double x = 200 + i * 200;
			double foot = x + canvas.between(-120, 120);
			canvas.polygon(0xffdc9a, 0.13, x - 10, 0, x + 10, 0, foot + 130, 470, foot - 130, 470);
			canvas.glow(foot, 460, 150, 0xffdc9a, 0.5);
			canvas.disc(x, 6, 14, 0xfff4d8, 1);
		}
		for (int i = 0; i < 13; i++) {
			double x = 260 + i * 57;
			double y = 440 + i % 3 * 14;
			canvas.line(x, y, x, y - 62, 3, 0x1a0d0d, 1);
			canvas.polygon(0x1a0d0d, 1, x - 20, y - 62, x + 20, y - 62, x + 15, y - 90, x - 15, y - 90);
			canvas.polygon(0xfff2d6, 0.85, x - 13, y - 66, x + 13, y - 66, x + 10, y - 86, x - 10, y - 86);
		}
		curtain(canvas, 0, 210);
		curtain(canvas, WIDTH - 210, WIDTH);
		for (int row = 0; row < 4; row++) {
			int red = Canvas.mix(0x8f2430, 0x24080e, row / 4.0);
			double y = 520 + row * 44;
			for (double x = -40 + row % 2 * 34; x < WIDTH; x += 70) {
				canvas.fill(new RoundRectangle2D.Double(x, y, 60, 90, 26, 26), red, 1);
				canvas.fill(new RoundRectangle2D.Double(x + 6, y + 3, 48, 20, 18, 18), Canvas.mix(red, 0xffb0a0, 0.18),
						1);
			}
		}
	}

	static void books(Canvas canvas) {
		canvas.gradient(0, HEIGHT, 0x3b2417, 0x2a180f);
		int[] spines = { 0x8f3b2c, 0xb8893c, 0x2f5d5a, 0x3d4470, 0x7c2f4a, 0xd9c7a0, 0x5d6b3a, 0x23303c };
		for (int shelf = 0; shelf < 4; shelf++) {
			double foot = 162 + shelf * 168;
			double x = 4;
			while (x < WIDTH) {
				double width = canvas.between(15, 44);
				double height = canvas.between(96, 142);
				int rgb = Canvas.mix(spines[(int) canvas.between(0, spines.length)], 0x3b2417, canvas.between(0, 0.35));
				if (canvas.chance(0.07)) {
					canvas.polygon(rgb, 1, x, foot, x + 34, foot - height, x + 34 + width, foot - height + 8, x + width,
							foot);
					x += 44;
				}
				else {
					canvas.box(x, foot - height, width - 2, height, rgb, 1);
					canvas.box(x + 3, foot - height, 3, height, Canvas.mix(rgb, 0xffffff, 0.25), 0.6);
					canvas.box(x + 1, foot - height + 16, width - 4, 4, 0xe8cf94, 0.75);
					canvas.box(x + 1, foot - 28, width - 4, 3, 0xe8cf94, 0.75);
				}
				x += width;
			}
			canvas.box(0, foot, WIDTH, 20, 0x6b452b, 1);
			canvas.box(0, foot + 14, WIDTH, 10, 0x1c0f08, 0.7);
		}
		canvas.glow(canvas.between(420, 780), 330, 560, 0xffd08a, 0.5);
	}

	static void waves(Canvas canvas) {
		int which = (int) canvas.between(0, GROUNDS.length);
		int ground = GROUNDS[which];
		int tone = TONES[which];
		canvas.gradient(0, HEIGHT, Canvas.mix(ground, 0xffffff, 0.08), ground, Canvas.mix(ground, 0, 0.5));
		canvas.glow(600, 337, 560, tone, 0.25);
		for (int line = 0; line < 5; line++) {
			Path2D path = new Path2D.Double();
			double phase = canvas.between(0, 6);
			path.moveTo(0, 337);
			for (int x = 0; x <= WIDTH; x += 4) {
				double reach = Math.exp(-Math.pow((x - 600) / 360.0, 2));
				path.lineTo(x, 337 + reach * (200 - line * 30) * Math.sin(x / (64.0 - line * 7) + phase));
			}
			path.lineTo(WIDTH, 337);
			path.closePath();
			canvas.fill(path, tone, 0.14);
		}
		for (int i = 0; i < 60; i++) {
			double x = 24 + i * 19.6;
			double reach = Math.exp(-Math.pow((x - 600) / 330, 2));
			double half = 6 + 190 * reach * canvas.between(0.25, 1);
			canvas.fill(new RoundRectangle2D.Double(x - 4, 337 - half, 9, 2 * half, 9, 9),
					Canvas.mix(tone, 0xffffff, 0.25), 0.95);
		}
	}

	static void pitch(Canvas canvas) {
		canvas.gradient(0, 300, 0x071224, 0x14294a, 0x30507a);
		canvas.gradient(200, 320, 0x101a2c, 0x1d2a44);
		for (int i = 0; i < 1500; i++) {
			double y = canvas.between(206, 312);
			canvas.disc(canvas.between(0, WIDTH), y, 2.2,
					Canvas.mix(0xd9c7b0, (i % 7 == 0) ? 0xb6452f : 0x31486c, canvas.between(0.2, 1)), 0.7);
		}
		canvas.box(0, 312, WIDTH, 16, 0xe6e2d6, 1);
		for (int i = 0; i < 12; i++) {
			canvas.box(i * 100, 312, 96, 16, (i % 3 == 0) ? 0x8c2f1b : 0x28507c, 1);
		}
		for (int i = 0; i < 9; i++) {
			double top = 328 + 347 * Math.pow(i / 9.0, 1.5);
			double bottom = 328 + 347 * Math.pow((i + 1) / 9.0, 1.5);
			canvas.box(0, top, WIDTH, bottom - top + 1, (i % 2 == 0) ? 0x2f7a3e : 0x276a36, 1);
		}
		canvas.polygon(0xf4f4ec, 0.9, 560, 328, 564, 328, 330, HEIGHT, 318, HEIGHT);
		canvas.line(0, 460, 474, 460, 4, 0xf4f4ec, 0.85);
		canvas.line(474, 460, 438, 560, 5, 0xf4f4ec, 0.85);
		canvas.line(0, 560, 438, 560, 5, 0xf4f4ec, 0.85);
		for (int side = 0; side < 2; side++) {
			double x = (side == 0) ? 130 : 1070;
			canvas.line(x, 320, x, 70, 9, 0x0d1524, 1);
			for (int lamp = 0; lamp < 12; lamp++) {
				double left = x - 54 + lamp % 4 * 36;
				double top = 36 + lamp / 4 * 26;
				canvas.disc(left, top, 10, 0xffffff, 1);
			}
			canvas.glow(x, 62, 330, 0xeaf4ff, 0.75);
			canvas.polygon(0xeaf4ff, 0.06, x - 60, 40, x + 60, 40, 1000, HEIGHT, 200, HEIGHT);
		}
		canvas.disc(720, 560, 21, 0x000000, 0.28);
		canvas.disc(718, 540, 23, 0xfbfaf4, 1);
		canvas.polygon(0x20242c, 1, 712, 534, 724, 534, 728, 545, 718, 552, 708, 545);
		canvas.line(718, 552, 718, 562, 2, 0x20242c, 1);
		canvas.line(728, 545, 739, 548, 2, 0x20242c, 1);
		canvas.line(708, 545, 697, 548, 2, 0x20242c, 1);
	}

	private static void curtain(Canvas canvas, double from, double to) {
		canvas.box(from, 0, to - from, 480, 0x6f1622, 1);
		for (double x = from; x < to; x += 30) {
			canvas.polygon(0x3f0a14, 0.85, x, 0, x + 11, 0, x + 15, 490, x + 2, 490);
			canvas.polygon(0xa83240, 0.5, x + 16, 0, x + 22, 0, x + 26, 490, x + 19, 490);
		}
	}

}
