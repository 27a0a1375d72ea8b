package dev.postrider.story.image;

import java.awt.geom.AffineTransform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a camera was held, from a JPEG's EXIF: 1 upright to 8. Whatever is damaged counts
 * as upright.
 */
final class Orientation {

	private static final int UPRIGHT = 1;

	private static final int TAG = 0x0112;

	private static final long EXIF = 0x457869660000L;

	private Orientation() {
	}

	static int of(byte[] jpeg) {
		ByteBuffer in = ByteBuffer.wrap(jpeg);
		int at = 2;
		while (at + 4 <= jpeg.length && (jpeg[at] & 0xff) == 0xff) {
			int marker = jpeg[at + 1] & 0xff;
			int length = in.getShort(at + 2) & 0xffff;
			if (marker == 0xda || marker == 0xd9 || length < 2 || at + 2 + length > jpeg.length) {
				return UPRIGHT;
			}
			if (marker == 0xe1 && length > 16 && in.getLong(at + 4) >>> 16 == EXIF) {
				return fromTiff(in.slice(at + 10, length - 8));
			}
			at += 2 + length;
		}
		return UPRIGHT;
	}

	private static int fromTiff(ByteBuffer tiff) {
		if (tiff.limit() < 8) {
			return UPRIGHT;
		}
		tiff.order((tiff.get(0) == 'I') ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
		long directory = tiff.getInt(4) & 0xffffffffL;
		if (directory + 2 > tiff.limit()) {
			return UPRIGHT;
		}
		int entries = tiff.getShort((int) directory) & 0xffff;
		for (int i = 0; i < entries; i++) {
			int entry = (int) directory + 2 + 12 * i;
			if (entry + 12 > tiff.limit()) {
				return UPRIGHT;
			}
			if ((tiff.getShort(entry) & 0xffff) == TAG) {
				int value = tiff.getShort(entry + 8) & 0xffff;
				return (value >= 1 && value <= 8) ? value : UPRIGHT;
			}
		}
		return UPRIGHT;
	}

	/** Whether width and height change places. */
	static boolean isTurned(int orientation) {
		return orientation >= 5;
	}

	/** Brings a picture of this size upright. */
	static AffineTransform upright(int orientation, int width, int height) {
		return switch (orientation) {
			case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
			case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
			case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
			case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
			case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
			case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
			case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
			default -> new AffineTransform();
		};
	}

}
