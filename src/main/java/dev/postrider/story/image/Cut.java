package dev.postrider.story.image;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/**
 * The two cuts of the front page's design, at twice the width at which it shows them.
 */
enum Cut {

	/** Shown 552 wide. */
	LEAD(1104, 552, 480),

	/** Shown 145 wide. */
	SIDE(290, 218, 100);

	static final int MOST_BYTES = 100_000;

	private static final float BEST_QUALITY = 0.82f;

	private static final float LEAST_QUALITY = 0.5f;

	private final int width;

	private final int height;

	private final int least;

	Cut(int width, int height, int least) {
		this.width = width;
		this.height = height;
		this.least = least;
	}

	int width() {
		return this.width;
	}

	/**
	 * Cuts a picture: never larger than it was, and of one that is too tall a little more
	 * from below, since faces are above the middle.
	 * @param image upright
	 * @return a JPEG without metadata of at most {@value #MOST_BYTES} bytes, or empty
	 * when the picture is too small for this place
	 */
	Optional<Jpeg> of(BufferedImage image) {
		double ratio = (double) this.width / this.height;
		int wide = Math.min(image.getWidth(), (int) Math.round(image.getHeight() * ratio));
		int tall = Math.min(image.getHeight(), (int) Math.round(image.getWidth() / ratio));
		if (wide < this.least) {
			return Optional.empty();
		}
		BufferedImage part = image.getSubimage((image.getWidth() - wide) / 2, (image.getHeight() - tall) / 3, wide,
				tall);
		int to = Math.min(this.width, wide);
		while (true) {
			BufferedImage scaled = scaled(part, to, (int) Math.round(to / ratio));
			for (float quality = BEST_QUALITY; quality >= LEAST_QUALITY; quality -= 0.08f) {
				byte[] jpeg = encode(scaled, quality);
				if (jpeg.length <= MOST_BYTES) {
					return Optional.of(new Jpeg(jpeg, scaled.getWidth(), scaled.getHeight()));
				}
			}
			to = to * 4 / 5;
		}
	}

	/** By halves first: one step from large to small would skip most pixels. */
	private static BufferedImage scaled(BufferedImage from, int width, int height) {
		BufferedImage image = from;
		while (image.getWidth() >= 2 * width) {
			image = paint(image, image.getWidth() / 2, image.getHeight() / 2);
		}
		return paint(image, width, height);
	}

	private static BufferedImage paint(BufferedImage from, int width, int height) {
		BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
		Graphics2D graphics = image.createGraphics();
		graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
		graphics.drawImage(from, 0, 0, width, height, null);
		graphics.dispose();
		return image;
	}

	private static byte[] encode(BufferedImage image, float quality) {
		ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (var out = ImageIO.createImageOutputStream(bytes)) {
			ImageWriteParam how = writer.getDefaultWriteParam();
			how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
			how.setCompressionQuality(quality);
			how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
			writer.setOutput(out);
			writer.write(null, new IIOImage(image, null, null), how);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			writer.dispose();
		}
		return bytes.toByteArray();
	}

	/**
	 * A finished picture.
	 *
	 * @param bytes the file
	 * @param width in pixels
	 * @param height in pixels
	 */
	record Jpeg(byte[] bytes, int width, int height) {
	}

}
