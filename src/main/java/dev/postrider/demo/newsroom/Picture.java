package dev.postrider.demo.newsroom;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/**
 * Paints a story's picture: a scene in the colours of its section, varied by its name.
 */
final class Picture {

	static final int WIDTH = 1200;

	static final int HEIGHT = 675;

	private static final float BEST_QUALITY = 0.86f;

	private static final int MOST_BYTES = 90_000;

	private static final Map<String, Consumer<Canvas>> SCENES = Map.ofEntries(Map.entry("harbour", Coasts::harbour),
			Map.entry("harbour-sepia", Coasts::oldHarbour), Map.entry("coast", Coasts::lighthouse),
			Map.entry("sails", Coasts::sails), Map.entry("turbines", Coasts::turbines),
			Map.entry("seabed", Coasts::seabed), Map.entry("hills", Lands::hills), Map.entry("night", Lands::night),
			Map.entry("rails", Lands::rails), Map.entry("skyline", Towns::skyline), Map.entry("hall", Towns::hall),
			Map.entry("market", Towns::market), Map.entry("cranes", Towns::cranes), Map.entry("stage", Rooms::stage),
			Map.entry("books", Rooms::books), Map.entry("waves", Rooms::waves), Map.entry("pitch", Rooms::pitch));

	private Picture() {
	}

	/** The picture as a JPEG of some 20 to 80 KB; the same each time. */
	static byte[] jpeg(NewsroomStory story) {
		Consumer<Canvas> scene = SCENES.get(story.picture());
		if (scene == null) {
			throw new IllegalStateException("Story " + story.slug() + " wants the unknown scene " + story.picture());
		}
		BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
		Canvas canvas = new Canvas(image.createGraphics(), new Random(story.slug().hashCode()));
		canvas.turn();
		scene.accept(canvas);
		canvas.tint();
		canvas.vignette();
		canvas.dispose();
		byte[] jpeg = encode(image, BEST_QUALITY);
		for (float quality = BEST_QUALITY; jpeg.length > MOST_BYTES; quality -= 0.06f) {
			jpeg = encode(image, quality);
		}
		return jpeg;
	}

	private static byte[] encode(BufferedImage image, float quality) {
		ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (var out = ImageIO.createImageOutputStream(bytes)) {
			ImageWriteParam settings = writer.getDefaultWriteParam();
			settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
			settings.setCompressionQuality(quality);
			settings.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
			writer.setOutput(out);
			writer.write(null, new IIOImage(image, null, null), settings);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			writer.dispose();
		}
		return bytes.toByteArray();
	}

}
