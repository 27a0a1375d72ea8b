package dev.postrider.demo.newsroom;

import java.awt.geom.CubicCurve2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/**
 * Scenes by the sea.
 */
final class Coasts {

	private static final int WIDTH = Canvas.WIDTH;

	private static final int HEIGHT = Canvas.HEIGHT;

	private Coasts() {
	}

	static void harbour(Canvas canvas) {
		canvas.gradient(0, 430, 0x1c2b4f, 0x5b4a78, 0xd97f63, 0xf6c58b);
		canvas.sun(canvas.between(240, 420), 395, 34, 0xffe3ae);
		canvas.clouds(80, 300, 0xf3b49a, 7);
		canvas.ridge(432, 70, 1.2, 0x6b4a6b);
		Towns.roofs(canvas, 440, 60, 120, 0x3a2c4d, 0xffd98a);
		canvas.gradient(436, HEIGHT, 0xb4717a, 0x51436e, 0x1f2748);
		canvas.ripples(440, HEIGHT, 0xf6c58b);
		canvas.reflection(330, 444, HEIGHT, 110, 0xffdca0);
		ferry(canvas, 560, 0x1b2038, 0xf4efe6, 0xffd27a);
		canvas.box(0, 610, WIDTH, 65, 0x141a30, 1);
		for (int x = 60; x < WIDTH; x += 190) {
			canvas.box(x, 588, 22, 26, 0x0d1122, 1);
			canvas.disc(x + 11, 588, 13, 0x0d1122, 1);
		}
	}

	static void oldHarbour(Canvas canvas) {
		canvas.gradient(0, 420, 0xe9d7b4, 0xdcc296, 0xc8a878);
		canvas.clouds(60, 280, 0xf3e7cc, 9);
		Towns.roofs(canvas, 430, 70, 140, 0x9c7c52, 0x9c7c52);
		canvas.gradient(424, HEIGHT, 0xb8976a, 0x8c6d45, 0x54402a);
		canvas.ripples(428, HEIGHT, 0xf0dcb4);
		for (int i = 0; i < 7; i++) {
			double x = 60 + i * 165 + canvas.between(-25, 25);
			smack(canvas, x, 520 + i % 3 * 40, 0.8 + i % 3 * 0.25);
		}
	}

	static void lighthouse(Canvas canvas) {
		canvas.gradient(0, 470, 0x22344a, 0x4c6478, 0x9ba9a6, 0xd9cfae);
		canvas.clouds(60, 330, 0x2b3d50, 14);
		canvas.gradient(462, HEIGHT, 0x5d7683, 0x2c4656, 0x142632);
		canvas.ripples(468, HEIGHT, 0xdfe6dc);
		double x = canvas.between(820, 930);
		canvas.polygon(0xffeeb0, 0.28, x, 232, 0, 120, 0, 300);
		canvas.glow(x, 232, 190, 0xffeeb0, 0.75);
		Path2D head = new Path2D.Double();
		head.moveTo(WIDTH, HEIGHT);
		head.lineTo(470, HEIGHT);
		head.curveTo(600, 560, 650, 470, 760, 446);
		head.curveTo(900, 410, 1020, 440, WIDTH, 380);
		head.closePath();
		canvas.fill(head, 0x1b2b2e, 1);
		canvas.polygon(0xf0ede4, 1, x - 22, 436, x - 14, 256, x + 14, 256, x + 22, 436);
		canvas.polygon(0xa8402f, 1, x - 20, 390, x - 18, 340, x + 18, 340, x + 20, 390);
		canvas.polygon(0xa8402f, 1, x - 16, 300, x - 14, 256, x + 14, 256, x + 16, 300);
		canvas.box(x - 17, 250, 34, 7, 0x1f2a30, 1);
		canvas.box(x - 11, 222, 22, 28, 0xfff3c4, 1);
		canvas.polygon(0x1f2a30, 1, x - 16, 222, x, 200, x + 16, 222);
		foam(canvas, 640, 0xf3f4ec);
		canvas.birds(300, 220, 0x14212a);
	}

	static void sails(Canvas canvas) {
		canvas.gradient(0, 360, 0x4c8fc4, 0x9cc8e4, 0xe9f2ee);
		canvas.sun(200, 120, 40, 0xfff6d8);
		canvas.clouds(90, 240, 0xffffff, 9);
		canvas.ridge(372, 90, 1.3, 0x7f9fae);
		canvas.ridge(380, 56, 2.2, 0x547a7c);
		canvas.gradient(372, HEIGHT, 0x4d93b4, 0x1f6690, 0x0d3a60);
		canvas.ripples(376, HEIGHT, 0xffffff);
		for (int i = 0; i < 8; i++) {
			double size = 0.35 + i * 0.17;
			sail(canvas, canvas.between(80, 1120), 395 + i * 27, size, (i == 6) ? 0xe2583e : 0xfbfaf5);
		}
	}

	static void turbines(Canvas canvas) {
		canvas.gradient(0, 470, 0x35507a, 0x8b7fa5, 0xe8a07f, 0xf8d5a0);
		canvas.sun(860, 440, 46, 0xfff0c8);
		canvas.clouds(90, 340, 0xf4bfa4, 8);
		canvas.gradient(456, HEIGHT, 0xd99e86, 0x6d6b90, 0x2a3a5e);
		canvas.ripples(460, HEIGHT, 0xfbe2ba);
		canvas.reflection(860, 462, HEIGHT, 150, 0xffe7b8);
		for (int i = 0; i < 7; i++) {
			double size = 0.32 + i * 0.15;
			turbine(canvas, 1120 - i * 172 + canvas.between(-20, 20), 466 + i * 13, size,
					Canvas.mix(0xcfa9a4, 0x2b3352, i / 6.0));
		}
	}

	static void seabed(Canvas canvas) {
		canvas.gradient(0, HEIGHT, 0x8fd6c0, 0x3f9c96, 0x17606c, 0x0b3440);
		for (int i = 0; i < 9; i++) {
			double x = canvas.between(-100, 1100);
			double width = canvas.between(30, 120);
			canvas.polygon(0xe6fff2, 0.09, x + 160, 0, x + 160 + width, 0, x + width * 2.4 - 60, HEIGHT, x - 160,
					HEIGHT);
		}
		canvas.ridge(640, 70, 1.5, 0x14454a);
		for (int layer = 0; layer < 3; layer++) {
			int green = Canvas.mix(0x2f8a66, 0x0c3a30, layer / 2.0);
			for (int i = 0; i < 120; i++) {
				blade(canvas, canvas.between(0, WIDTH), HEIGHT + 5 + layer * 12, canvas.between(90, 250 - layer * 30),
						green);
			}
		}
		for (int i = 0; i < 13; i++) {
			fish(canvas, canvas.between(300, 900), canvas.between(150, 330), canvas.between(12, 24));
		}
		for (int i = 0; i < 30; i++) {
			canvas.disc(canvas.between(0, WIDTH), canvas.between(0, 560), canvas.between(1.5, 5), 0xeafff6, 0.35);
		}
	}

	private static void ferry(Canvas canvas, double x, int hull, int house, int light) {
		canvas.polygon(hull, 1, x, 520, x + 560, 520, x + 530, 585, x + 34, 585);
		canvas.polygon(house, 1, x + 60, 520, x + 90, 440, x + 490, 440, x + 505, 520);
		canvas.polygon(house, 1, x + 130, 440, x + 145, 400, x + 380, 400, x + 392, 440);
		canvas.polygon(0xb24a35, 1, x + 300, 400, x + 308, 345, x + 362, 345, x + 366, 400);
		canvas.box(x + 303, 358, 61, 12, 0xf4efe6, 1);
		for (int row = 0; row < 2; row++) {
			for (double left = x + 100; left < x + 478; left += 26) {
				canvas.box(left, 456 + row * 30, 15, 14, canvas.chance(0.8) ? light : 0x4b4a5c, 1);
			}
		}
		for (double left = x + 155; left < x + 370; left += 24) {
			canvas.box(left, 414, 14, 13, light, 0.95);
		}
		for (double left = x + 60; left < x + 520; left += 42) {
			canvas.reflection(left, 588, 640, 18, light);
		}
	}

	private static void smack(Canvas canvas, double x, double y, double size) {
		int dark = 0x3d2c1a;
		canvas.polygon(dark, 1, x - 62 * size, y, x + 66 * size, y - 6 * size, x + 46 * size, y + 24 * size,
				x - 48 * size, y + 24 * size);
		canvas.line(x - 12 * size, y, x - 12 * size, y - 170 * size, 3 * size, dark, 1);
		canvas.line(x + 34 * size, y, x + 34 * size, y - 110 * size, 2.5 * size, dark, 1);
		canvas.polygon(0x6f5435, 0.9, x - 8 * size, y - 12 * size, x - 8 * size, y - 150 * size, x + 30 * size,
				y - 96 * size, x + 28 * size, y - 14 * size);
		canvas.polygon(0x8a6b45, 0.9, x - 16 * size, y - 14 * size, x - 16 * size, y - 150 * size, x - 66 * size,
				y - 16 * size);
	}

	private static void sail(Canvas canvas, double x, double y, double size, int rgb) {
		canvas.polygon(rgb, 1, x, y - 6 * size, x + 14 * size, y - 140 * size, x + 62 * size, y - 10 * size);
		canvas.polygon(Canvas.mix(rgb, 0x9fb4c0, 0.35), 1, x - 6 * size, y - 8 * size, x + 10 * size, y - 128 * size,
				x - 44 * size, y - 12 * size);
		canvas.polygon(0x20364a, 1, x - 52 * size, y - 4 * size, x + 66 * size, y - 6 * size, x + 46 * size,
				y + 10 * size, x - 36 * size, y + 10 * size);
		canvas.line(x - 60 * size, y + 12 * size, x + 80 * size, y + 12 * size, 3 * size, 0xffffff, 0.6);
	}

	private static void turbine(Canvas canvas, double x, double y, double size, int rgb) {
		double top = y - 300 * size;
		canvas.polygon(rgb, 1, x - 6 * size, y, x - 3 * size, top, x + 3 * size, top, x + 6 * size, y);
		double turn = canvas.between(0, 2);
		for (int i = 0; i < 3; i++) {
			double angle = turn + i * Math.PI * 2 / 3;
			double tipX = x + Math.cos(angle) * 150 * size;
			double tipY = top + Math.sin(angle) * 150 * size;
			double rootX = Math.cos(angle + Math.PI / 2) * 7 * size;
			double rootY = Math.sin(angle + Math.PI / 2) * 7 * size;
			canvas.polygon(rgb, 1, x + rootX, top + rootY, tipX, tipY, x - rootX, top - rootY);
		}
		canvas.disc(x, top, 8 * size, rgb, 1);
	}

	private static void blade(Canvas canvas, double x, double y, double height, int rgb) {
		double lean = canvas.between(10, 70);
		Path2D path = new Path2D.Double(new CubicCurve2D.Double(x, y, x - 14, y - height * 0.4, x + lean,
				y - height * 0.6, x + lean * 0.7, y - height));
		path.append(new CubicCurve2D.Double(x + lean * 0.7, y - height, x + lean + 8, y - height * 0.6, x - 4,
				y - height * 0.4, x + 9, y), true);
		path.closePath();
		canvas.fill(path, Canvas.mix(rgb, 0x9ad48c, canvas.between(0, 0.3)), 1);
	}

	private static void fish(Canvas canvas, double x, double y, double size) {
		canvas.fill(new Ellipse2D.Double(x - size, y - size * 0.35, 2 * size, size * 0.7), 0xdff3e4, 0.85);
		canvas.polygon(0xdff3e4, 0.85, x - size * 0.8, y, x - size * 1.5, y - size * 0.4, x - size * 1.5,
				y + size * 0.4);
	}

	private static void foam(Canvas canvas, double y, int rgb) {
		for (int i = 0; i < 90; i++) {
			double x = canvas.between(380, 700);
			canvas.disc(x, y - (x - 470) * 0.42 + canvas.between(-14, 24), canvas.between(2, 9), rgb, 0.35);
		}
	}

}
