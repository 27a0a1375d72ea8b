package dev.postrider.story.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;

import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes what the web calls a picture. Its size is known before a pixel is decoded, and
 * a large one is decoded coarsely, so memory stays small whatever comes. JPEG, PNG and
 * GIF (its first frame); the kind is told by the bytes, not by what a server says.
 */
final class PictureReader {

	/** Larger than any camera of a newsroom takes. */
	private static final long MOST_PIXELS = 60_000_000;

	/** Decoded at this width or less than twice as much. */
	private static final int WIDTH = 2 * Cut.LEAD.width();

	/** Anything smaller is a tracker or a logo. */
	private static final int LEAST = 100;

	private PictureReader() {
	}

	/**
	 * Decodes a picture.
	 * @param bytes as they came
	 * @return upright, opaque on white, in sRGB, without metadata
	 * @throws PictureException says why it cannot be shown
	 */
	static BufferedImage read(byte[] bytes) {
		String format = format(bytes);
		Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
		ImageReader reader = readers.next();
		try {
			reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes)), true, true);
			int width = reader.getWidth(0);
			int height = reader.getHeight(0);
			check(width, height);
			ImageReadParam how = reader.getDefaultReadParam();
			int step = Math.max(1, Math.min(width, height) / WIDTH);
			how.setSourceSubsampling(step, step, 0, 0);
			BufferedImage raw = reader.read(0, how);
			return upright(raw, format.equals("jpeg") ? Orientation.of(bytes) : 1);
		}
		catch (IOException | RuntimeException ex) {
			if (ex instanceof PictureException known) {
				throw known;
			}
			// Decoders throw whatever their tables run into.
			throw new PictureException("it is damaged or of a rare kind: " + ex.getMessage(), ex);
		}
		finally {
			reader.dispose();
		}
	}

	private static String format(byte[] bytes) {
		if (starts(bytes, 0xff, 0xd8, 0xff)) {
			return "jpeg";
		}
		if (starts(bytes, 0x89, 'P', 'N', 'G')) {
			return "png";
		}
		if (starts(bytes, 'G', 'I', 'F', '8')) {
			return "gif";
		}
		throw new PictureException("it is no JPEG, PNG or GIF");
	}

	private static boolean starts(byte[] bytes, int... with) {
		for (int i = 0; i < with.length; i++) {
			if (bytes.length <= i || (bytes[i] & 0xff) != with[i]) {
				return false;
			}
		}
		return true;
	}

	private static void check(int width, int height) {
		if (width < LEAST || height < LEAST) {
			throw new PictureException("it is tiny, %d by %d pixels".formatted(width, height));
		}
		if ((long) width * height > MOST_PIXELS) {
			throw new PictureException("it is huge, %d by %d pixels; %d million are the most".formatted(width, height,
					MOST_PIXELS / 1_000_000));
		}
	}

	/** Painting converts colours to sRGB, whatever profile the picture has. */
	private static BufferedImage upright(BufferedImage raw, int orientation) {
		boolean turned = Orientation.isTurned(orientation);
		int width = turned ? raw.getHeight() : raw.getWidth();
		int height = turned ? raw.getWidth() : raw.getHeight();
		BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
		Graphics2D graphics = image.createGraphics();
		graphics.setColor(Color.WHITE);
		graphics.fillRect(0, 0, width, height);
		graphics.drawImage(raw, Orientation.upright(orientation, raw.getWidth(), raw.getHeight()), null);
		graphics.dispose();
		return image;
	}

}
