package dev.postrider.demo.newsroom;

import java.awt.geom.Arc2D;

/**
 * Scenes of houses, streets and docks.
 */
final class Towns {

	private static final int WIDTH = Canvas.WIDTH;

	private static final int HEIGHT = Canvas.HEIGHT;

	private Towns() {
	}

	static void skyline(Canvas canvas) {
		canvas.gradient(0, HEIGHT, 0x2f4168, 0x86709a, 0xe79a86, 0xfbd9ae);
		canvas.sun(canvas.between(700, 980), 330, 48, 0xfff0cf);
		canvas.clouds(60, 280, 0xf7c4ae, 9);
		roofs(canvas, 560, 120, 210, 0x9a7790, 0x9a7790);
		canvas.mist(500, 90, 0xfbd9ae, 0.45);
		church(canvas, 430, 600, 1.25, 0x5a4a70);
		roofs(canvas, 640, 130, 240, 0x51436b, 0xffdf98);
		canvas.mist(610, 60, 0xf3b9a0, 0.25);
		roofs(canvas, 720, 110, 220, 0x2a2745, 0xffcf7a);
		canvas.birds(300, 160, 0x2a2745);
	}

	static void hall(Canvas canvas) {
		canvas.gradient(0, 600, 0x5f86ad, 0xa9c3cf, 0xf0e2c4);
		canvas.clouds(60, 260, 0xffffff, 11);
		roofs(canvas, 590, 110, 180, 0x9fb0b2, 0x9fb0b2);
		canvas.gradient(588, 660, 0xa9b795, 0x7f8f70);
		int stone = 0xe6dcc6;
		int shade = 0xb9a98c;
		canvas.box(240, 360, 720, 240, stone, 1);
		canvas.box(240, 350, 720, 16, shade, 1);
		canvas.fill(new Arc2D.Double(490, 150, 220, 230, 0, 180, Arc2D.CHORD), 0x4f8f7d, 1);
		canvas.fill(new Arc2D.Double(600, 150, 110, 230, 0, 90, Arc2D.PIE), 0x39715f, 1);
		canvas.box(480, 262, 240, 20, shade, 1);
		canvas.box(500, 282, 200, 50, stone, 1);
		for (int x = 514; x < 690; x += 30) {
			canvas.box(x, 290, 12, 34, 0x5c6a70, 1);
		}
		canvas.box(590, 112, 20, 42, shade, 1);
		canvas.line(600, 112, 600, 60, 3, 0x6a5d48, 1);
		canvas.polygon(0xa8402f, 1, 602, 62, 660, 72, 602, 90);
		canvas.polygon(stone, 1, 400, 366, 600, 296, 800, 366);
		canvas.polygon(shade, 1, 440, 360, 600, 306, 760, 360);
		for (int x = 418; x <= 770; x += 50) {
			canvas.box(x, 372, 24, 206, 0xf6efdf, 1);
			canvas.box(x + 16, 372, 8, 206, shade, 0.8);
		}
		for (int x = 262; x < 940; x += 52) {
			if (x < 390 || x > 800) {
				canvas.box(x, 400, 26, 54, 0x54646c, 1);
				canvas.box(x, 500, 26, 54, 0x54646c, 1);
			}
		}
		for (int i = 0; i < 5; i++) {
			canvas.box(380 - i * 26, 578 + i * 14, 440 + i * 52, 14, Canvas.mix(0xf3ead6, 0xa8997c, i / 5.0), 1);
		}
		canvas.gradient(648, HEIGHT, 0x8f8a7c, 0x5d5b55);
		for (int side = -1; side <= 1; side += 2) {
			for (int i = 0; i < 3; i++) {
				roundTree(canvas, 600 + side * (440 + i * 90), 640, 62 + i * 14);
			}
		}
	}

	static void market(Canvas canvas) {
		canvas.gradient(0, HEIGHT, 0x16213f, 0x2d3a63, 0x5a5478);
		roofs(canvas, 430, 120, 230, 0x141a33, 0xffd587);
		int[] cloth = { 0xb6452f, 0x2f6f6a, 0xd0953a, 0x48578e, 0x8f3f5c };
		double x = -30;
		for (int i = 0; x < WIDTH; i++) {
			double width = canvas.between(190, 270);
			shop(canvas, x, width, cloth[i % cloth.length]);
			x += width + 14;
		}
		canvas.gradient(610, HEIGHT, 0x4a4152, 0x221f30);
		for (int i = 0; i < 9; i++) {
			canvas.glow(canvas.between(0, WIDTH), 622, 170, 0xffc878, 0.25);
		}
		double previous = 250;
		for (int i = 0; i <= 24; i++) {
			double left = i * 50;
			double y = 250 + 46 * Math.sin(i / 4.0 * Math.PI) * ((i % 8 < 4) ? 1 : -0.4);
			canvas.line(left - 50, previous, left, y, 1.4, 0x0c1020, 1);
			canvas.glow(left, y + 5, 26, 0xffe2a2, 0.8);
			canvas.disc(left, y + 5, 4.5, 0xfff4d4, 1);
			previous = y;
		}
		for (int i = 0; i < 9; i++) {
			person(canvas, canvas.between(40, 1160), 652, canvas.between(86, 112));
		}
	}

	static void cranes(Canvas canvas) {
		canvas.gradient(0, 520, 0x31405f, 0xa0708a, 0xf09a66, 0xfcd48e);
		canvas.sun(canvas.between(380, 760), 440, 60, 0xffe9b6);
		canvas.clouds(60, 320, 0xf7b48e, 8);
		roofs(canvas, 530, 50, 110, 0x6a4f6c, 0xffd98a);
		canvas.gradient(520, HEIGHT, 0xd08a6c, 0x54486a, 0x1d2440);
		canvas.ripples(524, HEIGHT, 0xffd9a0);
		crane(canvas, 180, 560, 0.8, 0x4a3c58);
		crane(canvas, 930, 570, 1.0, 0x38304e);
		crane(canvas, 470, 600, 1.25, 0x1f2039);
		canvas.box(0, 596, WIDTH, 80, 0x171a30, 1);
		int[] colors = { 0x8f3f34, 0x2f5a6a, 0xb8863a, 0x4a5a48, 0x6a3f5a };
		for (int i = 0; i < 18; i++) {
			for (int row = 0; row <= (i * 7) % 3; row++) {
				canvas.box(690 + i * 30 - row * 2, 566 - row * 31, 28, 29,
						Canvas.mix(colors[(i + row) % 5], 0x171a30, 0.25), 1);
			}
		}
		canvas.birds(700, 180, 0x2a2440);
	}

	/** A row of gabled houses whose feet stand on a line; some windows are lit. */
	static void roofs(Canvas canvas, double foot, double low, double high, int rgb, int light) {
		double x = -20;
		while (x < WIDTH) {
			double width = canvas.between(44, 96);
			double height = canvas.between(low, high);
			double top = foot - height;
			int wall = Canvas.mix(rgb, 0, canvas.between(0, 0.12));
			canvas.box(x, top, width + 1, height, wall, 1);
			canvas.polygon(wall, 1, x - 3, top, x + width / 2, top - width * 0.55, x + width + 4, top);
			if (canvas.chance(0.4)) {
				canvas.box(x + width * 0.68, top - width * 0.5, 9, width * 0.4, wall, 1);
			}
			for (double y = top + 14; light != rgb && y < foot - 16; y += 26) {
				for (double left = x + 10; left < x + width - 14; left += 20) {
					canvas.box(left, y, 9, 13, canvas.chance(0.3) ? light : Canvas.mix(wall, 0, 0.25), 0.9);
				}
			}
			x += width;
		}
	}

	private static void church(Canvas canvas, double x, double foot, double size, int rgb) {
		canvas.box(x, foot - 330 * size, 56 * size, 330 * size, rgb, 1);
		canvas.polygon(rgb, 1, x - 6 * size, foot - 330 * size, x + 28 * size, foot - 450 * size, x + 62 * size,
				foot - 330 * size);
		canvas.line(x + 28 * size, foot - 450 * size, x + 28 * size, foot - 478 * size, 2.5, rgb, 1);
		canvas.disc(x + 28 * size, foot - 290 * size, 13 * size, 0xffe2a0, 0.95);
	}

	private static void shop(Canvas canvas, double x, double width, int cloth) {
		canvas.box(x, 380, width, 240, 0x2a2540, 1);
		canvas.box(x + 14, 452, width - 28, 158, 0xffcf84, 1);
		canvas.box(x + 14, 452, width - 28, 60, 0xffe2ac, 0.7);
		for (double left = x + 24; left < x + width - 30; left += 34) {
			canvas.box(left, 560 - canvas.between(0, 26), 22, 40, Canvas.mix(cloth, 0x6a4a2c, 0.5), 0.8);
		}
		canvas.box(x + width / 2 - 2, 452, 4, 158, 0x2a2540, 1);
		int stripes = 8;
		double stripe = (width + 16) / stripes;
		for (int i = 0; i < stripes; i++) {
			double left = x - 8 + i * stripe;
			canvas.polygon((i % 2 == 0) ? cloth : 0xf1e6d2, 1, left + 6, 400, left + stripe + 2, 400, left + stripe,
					462, left, 462);
			canvas.disc(left + stripe / 2, 462, stripe / 2, (i % 2 == 0) ? cloth : 0xf1e6d2, 1);
		}
	}

	private static void person(Canvas canvas, double x, double foot, double height) {
		int dark = 0x12111e;
		canvas.disc(x, foot - height * 0.9, height * 0.09, dark, 1);
		canvas.polygon(dark, 1, x - height * 0.14, foot - height * 0.42, x - height * 0.1, foot - height * 0.8,
				x + height * 0.1, foot - height * 0.8, x + height * 0.15, foot - height * 0.42);
		canvas.line(x - height * 0.05, foot - height * 0.45, x - height * 0.08, foot, height * 0.08, dark, 1);
		canvas.line(x + height * 0.05, foot - height * 0.45, x + height * 0.1, foot, height * 0.08, dark, 1);
	}

	private static void crane(Canvas canvas, double x, double foot, double size, int rgb) {
		double top = foot - 380 * size;
		for (int side = -1; side <= 1; side += 2) {
			canvas.line(x + side * 60 * size, foot + 40, x + side * 26 * size, top + 120 * size, 11 * size, rgb, 1);
		}
		canvas.line(x - 52 * size, foot - 40 * size, x + 38 * size, foot - 150 * size, 5 * size, rgb, 1);
		canvas.line(x + 52 * size, foot - 40 * size, x - 38 * size, foot - 150 * size, 5 * size, rgb, 1);
		canvas.box(x - 42 * size, top + 90 * size, 84 * size, 46 * size, rgb, 1);
		canvas.line(x, top + 100 * size, x + 280 * size, top - 60 * size, 9 * size, rgb, 1);
		canvas.line(x + 10 * size, top, x + 280 * size, top - 60 * size, 4 * size, rgb, 1);
		canvas.line(x, top + 100 * size, x + 10 * size, top, 8 * size, rgb, 1);
		canvas.line(x + 10 * size, top, x - 90 * size, top + 90 * size, 4 * size, rgb, 1);
		canvas.box(x - 112 * size, top + 84 * size, 62 * size, 40 * size, rgb, 1);
		canvas.line(x + 278 * size, top - 58 * size, x + 278 * size, top + 150 * size, 2.4 * size, rgb, 1);
		canvas.box(x + 262 * size, top + 150 * size, 32 * size, 24 * size, rgb, 1);
	}

	private static void roundTree(Canvas canvas, double x, double foot, double size) {
		canvas.box(x - 5, foot - size, 10, size, 0x4a3a28, 1);
		canvas.disc(x, foot - size * 1.6, size * 0.8, 0x3f6b48, 1);
		canvas.disc(x + size * 0.2, foot - size * 1.5, size * 0.62, 0x2f573a, 1);
	}

}
