package dev.postrider.mail.template;

import java.awt.Dimension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

import org.jspecify.annotations.Nullable;

/**
 * Reads a logo: a PNG, JPEG or GIF that every mail program shows.
 */
final class LogoFile {

	private static final Set<String> TYPES = Set.of("png", "jpeg", "gif");

	private static final long LARGEST = 200_000;

	private static final int WIDEST = 552;

	private LogoFile() {
	}

	static Theme.Logo read(Path file, String alt, @Nullable String width, ThemeSettings lines) throws IOException {
		long size = Files.size(file);
		if (size > LARGEST) {
			throw lines.wrong("logo",
					"has " + size / 1000 + " KB; every mail carries it, so " + LARGEST / 1000 + " KB are the most");
		}
		byte[] bytes = Files.readAllBytes(file);
		try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
			Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
			String type = "";
			Dimension pixels = new Dimension();
			if (readers.hasNext()) {
				ImageReader reader = readers.next();
				type = reader.getFormatName().toLowerCase(Locale.ROOT).replace("jpg", "jpeg");
				reader.setInput(in);
				pixels = new Dimension(reader.getWidth(0), reader.getHeight(0));
				reader.dispose();
			}
			if (!TYPES.contains(type) || pixels.width < 1 || pixels.height < 1) {
				throw lines.wrong("logo", "is \"" + file.getFileName() + "\", which is no PNG, JPEG or GIF picture");
			}
			int shown = width(width, pixels.width, lines);
			return new Theme.Logo(bytes, "image/" + type, hash(bytes), alt, shown,
					(int) Math.max(1, Math.round((double) pixels.height * shown / pixels.width)));
		}
	}

	private static int width(@Nullable String wanted, int own, ThemeSettings lines) {
		if (wanted == null) {
			if (own > WIDEST) {
				throw lines.wrong("logo",
						"is " + own + " pixels wide; say with logo.width how wide it is shown, at most " + WIDEST);
			}
			return own;
		}
		if (!wanted.matches("[1-9][0-9]{0,2}") || Integer.parseInt(wanted) > WIDEST) {
			throw lines.wrong("logo.width", "is \"" + wanted + "\"; wanted is a number of pixels, at most " + WIDEST);
		}
		return Integer.parseInt(wanted);
	}

	private static String hash(byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 8);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256", ex);
		}
	}

}
