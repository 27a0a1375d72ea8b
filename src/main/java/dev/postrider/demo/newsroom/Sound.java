package dev.postrider.demo.newsroom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * A quiet tune of one minute as a WAV file: eight-bit, mono, 8,000 samples a second.
 */
final class Sound {

	/** How long it runs. */
	static final int SECONDS = 60;

	private static final int RATE = 8000;

	/** A pentatonic scale in hertz: whatever follows what, it sounds well. */
	private static final double[] SCALE = { 196.0, 220.0, 261.63, 293.66, 329.63, 392.0, 440.0 };

	private Sound() {
	}

	/** The tune that belongs to a name; the same each time. */
	static byte[] of(String name) {
		byte[] samples = new byte[RATE * SECONDS];
		Random random = new Random(name.hashCode());
		double[] level = new double[samples.length];
		for (double start = 0; start < SECONDS - 2; start += 0.5 * (1 + random.nextInt(3))) {
			pluck(level, start, SCALE[random.nextInt(SCALE.length)]);
		}
		for (int i = 0; i < samples.length; i++) {
			samples[i] = (byte) (128 + Math.round(Math.max(-1, Math.min(1, level[i])) * 100));
		}
		return ByteBuffer.allocate(44 + samples.length)
			.order(ByteOrder.LITTLE_ENDIAN)
			.put(ascii("RIFF"))
			.putInt(36 + samples.length)
			.put(ascii("WAVEfmt "))
			.putInt(16)
			.putShort((short) 1)
			.putShort((short) 1)
			.putInt(RATE)
			.putInt(RATE)
			.putShort((short) 1)
			.putShort((short) 8)
			.put(ascii("data"))
			.putInt(samples.length)
			.put(samples)
			.array();
	}

	/** A note that begins at once and fades within two seconds. */
	private static void pluck(double[] level, double start, double hertz) {
		int from = (int) (start * RATE);
		for (int i = 0; i < 2 * RATE && from + i < level.length; i++) {
			double time = (double) i / RATE;
			double tone = Math.sin(2 * Math.PI * hertz * time) + 0.3 * Math.sin(4 * Math.PI * hertz * time);
			level[from + i] += 0.3 * tone * Math.exp(-3 * time) * Math.min(1, time * 200);
		}
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
