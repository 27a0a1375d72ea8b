package dev.postrider.demo.newsroom;

import java.awt.geom.Arc2D;
import java.awt.geom.Path2D;

/**
 * Scenes of hills, sky and tracks.
 */
final class Lands {

	private static final int WIDTH = Canvas.WIDTH;

	private static final int HEIGHT = Canvas.HEIGHT;

	private Lands() {
	}

	static void hills(Canvas canvas) {
		canvas.gradient(0, 460, 0x9fc3cf, 0xd7dfcf, 0xf7e6c2);
		canvas.sun(canvas.between(250, 950), 190, 44, 0xfff7de);
		canvas.clouds(70, 240, 0xffffff, 6);
		int far = 0xa9bfbd;
		int near = 0x2f5a3a;
		for (int i = 0; i < 6; i++) {
			canvas.ridge(360 + i * 56, 110 - i * 8, 1.1 + i * 0.25, Canvas.mix(far, near, i / 5.0));
			canvas.mist(400 + i * 56, 40, 0xf7ecd2, 0.34 - i * 0.05);
		}
		path(canvas);
		for (int i = 0; i < 46; i++) {
			double depth = canvas.between(0, 1);
			tree(canvas, canvas.between(0, WIDTH), 590 + 80 * depth, 16 + 30 * depth);
		}
		canvas.birds(canvas.between(300, 800), 150, 0x3c5250);
	}

	static void night(Canvas canvas) {
		canvas.gradient(0, 560, 0x050a1e, 0x101f45, 0x27406b, 0x5d6f86);
		for (int i = 0; i < 420; i++) {
			double size = Math.pow(canvas.between(0, 1), 4) * 2.2 + 0.5;
			canvas.disc(canvas.between(0, WIDTH), canvas.between(0, 500), size, 0xf5f2e4, canvas.between(0.35, 1));
		}
		for (int i = 0; i < 26; i++) {
			double along = canvas.between(0, 1);
			canvas.glow(200 + along * 900, 430 - along * 400 + canvas.between(-40, 40), canvas.between(50, 130),
					0x9db4e8, 0.07);
		}
		double x = canvas.between(260, 460);
		for (int i = 0; i < 60; i++) {
			canvas.disc(x + i * 4, 190 - i * 1.6, 0.6 + i * 0.045, 0xfff7e0, i / 70.0);
		}
		canvas.glow(x + 240, 94, 26, 0xfff7e0, 0.9);
		canvas.ridge(560, 120, 1.2, 0x16233d);
		canvas.ridge(610, 90, 1.8, 0x0d1729);
		observatory(canvas, 860, 520);
		canvas.ridge(672, 70, 2.3, 0x070d1a);
	}

	static void rails(Canvas canvas) {
		canvas.gradient(0, 380, 0x263a5c, 0x8a6a86, 0xf0a070, 0xfbd79c);
		canvas.sun(600, 372, 52, 0xffedc4);
		Towns.roofs(canvas, 388, 40, 110, 0x4d3c58, 0xffd98a);
		canvas.gradient(384, HEIGHT, 0x6b5560, 0x3b3846, 0x1f2230);
		canvas.glow(600, 392, 380, 0xffc98a, 0.4);
		for (int track = 0; track < 2; track++) {
			double offset = (track == 0) ? -1 : 1;
			for (int i = 0; i < 24; i++) {
				double depth = Math.pow(i / 24.0, 2.2);
				double y = 392 + (HEIGHT - 392) * depth;
				double middle = 600 + offset * (14 + 240 * depth);
				canvas.line(middle - 8 - 150 * depth, y, middle + 8 + 150 * depth, y, 1 + 9 * depth, 0x15161f, 0.7);
			}
			for (int side = -1; side <= 1; side += 2) {
				canvas.polygon(0xf6c793, 0.9, 600 + offset * 14 + side * 4, 390, 600 + offset * 14 + side * 5, 390,
						600 + offset * 254 + side * 118, HEIGHT, 600 + offset * 254 + side * 106, HEIGHT);
			}
		}
		for (int i = 1; i < 7; i++) {
			double depth = Math.pow(i / 6.0, 1.8);
			lamp(canvas, 600 - 70 - 560 * depth, 394 + 230 * depth, 60 + 300 * depth);
			lamp(canvas, 600 + 70 + 560 * depth, 394 + 230 * depth, 60 + 300 * depth);
		}
	}

	private static void lamp(Canvas canvas, double x, double y, double height) {
		canvas.line(x, y, x, y - height, height / 50, 0x191a26, 1);
		canvas.glow(x, y - height, height * 0.28, 0xffe0a0, 0.7);
		canvas.disc(x, y - height, height / 32, 0xfff2cc, 1);
	}

	private static void observatory(Canvas canvas, double x, double y) {
		canvas.box(x - 50, y - 60, 100, 90, 0x1c2b48, 1);
		canvas.fill(new Arc2D.Double(x - 60, y - 120, 120, 120, 0, 180, Arc2D.CHORD), 0x30446a, 1);
		canvas.polygon(0xffe7ac, 0.95, x + 6, y - 119, x + 22, y - 115, x + 18, y - 64, x + 6, y - 64);
		canvas.box(x - 10, y - 14, 20, 40, 0xffd98a, 0.9);
	}

	private static void path(Canvas canvas) {
		Path2D path = new Path2D.Double();
		path.moveTo(470, HEIGHT);
		path.curveTo(640, 640, 420, 590, 560, 560);
		path.curveTo(680, 534, 600, 500, 650, 478);
		path.lineTo(656, 478);
		path.curveTo(620, 505, 720, 530, 600, 562);
		path.curveTo(500, 592, 760, 640, 640, HEIGHT);
		path.closePath();
		canvas.fill(path, 0xf1e3bd, 0.75);
	}

	private static void tree(Canvas canvas, double x, double y, double size) {
		int green = Canvas.mix(0x1f4a30, 0x6f8a3a, canvas.between(0, 1));
		canvas.line(x, y, x, y - size, size / 10, 0x3a2c1e, 1);
		canvas.disc(x, y - size, size * 0.45, green, 1);
		canvas.disc(x - size * 0.25, y - size * 0.75, size * 0.34, green, 1);
		canvas.disc(x + size * 0.25, y - size * 0.72, size * 0.34, Canvas.mix(green, 0, 0.15), 1);
	}

}
