package dev.postrider.story.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Random;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PictureTests {

	@ParameterizedTest
	@ValueSource(strings = { "jpg", "png", "gif" })
	void aPictureIsCutForBothPlaces(String format) throws IOException {
		BufferedImage image = PictureReader.read(file(noise(2400, 1600), format));
		Cut.Jpeg lead = Cut.LEAD.of(image).orElseThrow();
		Cut.Jpeg side = Cut.SIDE.of(image).orElseThrow();
		assertThat((double) lead.width() / lead.height()).isBetween(1.98, 2.02);
		assertThat(side.width()).isEqualTo(290);
		assertThat(side.height()).isEqualTo(218);
		// Noise is the worst there is: the lead is made smaller until it fits.
		assertThat(lead.bytes()).hasSizeLessThanOrEqualTo(100_000);
		assertThat(side.bytes()).hasSizeLessThanOrEqualTo(100_000);
		assertThat(ImageIO.read(new ByteArrayInputStream(lead.bytes())).getWidth()).isEqualTo(lead.width());
		assertThat(isProgressive(lead.bytes())).isTrue();
	}

	@Test
	void anOrdinaryPictureKeepsTwiceTheWidthItIsShownAt() {
		Cut.Jpeg lead = Cut.LEAD.of(PictureReader.read(file(quarters(3000, 2000), "jpg"))).orElseThrow();
		assertThat(lead.width()).isEqualTo(1104);
		assertThat(lead.height()).isEqualTo(552);
	}

	@Test
	void nothingIsMadeLargerAndASmallOneLeadsNothing() {
		assertThat(Cut.SIDE.of(quarters(200, 150)).orElseThrow().width()).isEqualTo(200);
		assertThat(Cut.LEAD.of(quarters(200, 150))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void howTheCameraWasHeldIsRespectedAndForgotten(int orientation) throws IOException {
		// The upright picture is red, blue above, green, black below.
		BufferedImage stored = asStored(quarters(400, 300), orientation);
		BufferedImage image = PictureReader.read(withExif(file(stored, "jpg"), orientation));
		assertThat(image.getWidth()).isEqualTo(400);
		assertThat(corner(image, 0.2, 0.2)).isEqualTo(Color.RED);
		assertThat(corner(image, 0.8, 0.2)).isEqualTo(Color.BLUE);
		assertThat(corner(image, 0.2, 0.8)).isEqualTo(Color.GREEN);
		assertThat(corner(image, 0.8, 0.8)).isEqualTo(Color.BLACK);
		assertThat(new String(Cut.SIDE.of(image).orElseThrow().bytes(), java.nio.charset.StandardCharsets.ISO_8859_1))
			.doesNotContain("Exif");
	}

	@Test
	void trackersHugeOnesAndWhatIsNoPictureAreRefused() throws IOException {
		refused(file(quarters(1, 1), "gif"), "tiny, 1 by 1");
		refused(file(quarters(600, 20), "png"), "tiny");
		refused("<html>We are sorry</html>".getBytes(), "no JPEG, PNG or GIF");
		refused(new byte[0], "no JPEG, PNG or GIF");
		// A few bytes that say they are 65,000 by 65,000 pixels: nothing is decoded.
		byte[] png = file(quarters(200, 200), "png");
		ByteBuffer.wrap(png).putInt(16, 65_000).putInt(20, 65_000);
		refused(png, "huge, 65000 by 65000");
	}

	@Test
	void damagedFilesAreRefusedAndNothingElseHappens() {
		Random random = new Random(7);
		for (String format : new String[] { "jpg", "png", "gif" }) {
			byte[] good = withExif(file(quarters(300, 200), format), format);
			for (int i = 0; i < 150; i++) {
				byte[] bad = java.util.Arrays.copyOf(good, 1 + random.nextInt(good.length));
				for (int j = 0; j < 4; j++) {
					bad[random.nextInt(bad.length)] = (byte) random.nextInt();
				}
				try {
					assertThat(PictureReader.read(bad).getWidth()).isPositive();
				}
				catch (PictureException ex) {
					assertThat(ex).hasMessageStartingWith("it ");
				}
			}
		}
	}

	private static void refused(byte[] bytes, String why) {
		assertThatExceptionOfType(PictureException.class).isThrownBy(() -> PictureReader.read(bytes))
			.withMessageContaining(why);
	}

	private static boolean isProgressive(byte[] jpeg) {
		for (int i = 0; i + 1 < jpeg.length; i++) {
			if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == 0xc2) {
				return true;
			}
		}
		return false;
	}

	private static Color corner(BufferedImage image, double x, double y) {
		Color color = new Color(image.getRGB((int) (image.getWidth() * x), (int) (image.getHeight() * y)));
		return new Color(color.getRed() > 127 ? 255 : 0, color.getGreen() > 127 ? 255 : 0,
				color.getBlue() > 127 ? 255 : 0);
	}

	static BufferedImage quarters(int width, int height) {
		BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
		Graphics2D graphics = image.createGraphics();
		graphics.setColor(Color.RED);
		graphics.fillRect(0, 0, width / 2, height / 2);
		graphics.setColor(Color.BLUE);
		graphics.fillRect(width / 2, 0, width, height / 2);
		graphics.setColor(Color.GREEN);
		graphics.fillRect(0, height / 2, width / 2, height);
		graphics.dispose();
		return image;
	}

	private static BufferedImage noise(int width, int height) {
		BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
		Random random = new Random(1);
		for (int y = 0; y < height; y++) {
			for (int x = 0; x < width; x++) {
				image.setRGB(x, y, random.nextInt(0x1000000));
			}
		}
		return image;
	}

	/** What a camera held that way writes, by the table of the EXIF standard. */
	private static BufferedImage asStored(BufferedImage upright, int orientation) {
		int width = upright.getWidth();
		int height = upright.getHeight();
		boolean turned = orientation >= 5;
		BufferedImage stored = new BufferedImage(turned ? height : width, turned ? width : height,
				BufferedImage.TYPE_INT_RGB);
		for (int y = 0; y < stored.getHeight(); y++) {
			for (int x = 0; x < stored.getWidth(); x++) {
				int row = (orientation == 3 || orientation == 4) ? height - 1 - y : y;
				int column = (orientation == 2 || orientation == 3) ? width - 1 - x : x;
				if (turned) {
					// Rows are columns: 0th row is left (5, 8) or right; 0th column top
					// (5,
					// 6) or bottom.
					column = (orientation == 5 || orientation == 8) ? y : width - 1 - y;
					row = (orientation == 5 || orientation == 6) ? x : height - 1 - x;
				}
				stored.setRGB(x, y, upright.getRGB(column, row));
			}
		}
		return stored;
	}

	private static byte[] withExif(byte[] file, String format) {
		return format.equals("jpg") ? withExif(file, 6) : file;
	}

	private static byte[] withExif(byte[] jpeg, int orientation) {
		ByteBuffer out = ByteBuffer.allocate(jpeg.length + 36);
		out.put(jpeg, 0, 2).putShort((short) 0xffe1).putShort((short) 34).put("Exif\0\0".getBytes());
		out.put("MM".getBytes()).putShort((short) 42).putInt(8).putShort((short) 1);
		out.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation).putShort((short) 0);
		out.putInt(0);
		return out.put(jpeg, 2, jpeg.length - 2).array();
	}

	static byte[] file(BufferedImage image, String format) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try {
			assertThat(ImageIO.write(image, format, out)).isTrue();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return out.toByteArray();
	}

}
