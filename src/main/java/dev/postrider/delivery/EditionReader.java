package dev.postrider.delivery;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A reader as the mails of an edition know one.
 *
 * @param subscriberId who; 0 for an example
 * @param moves how often the reader has moved to another address, which links tell
 * @param email the address, its domain in ASCII form
 * @param name the reader's name, if known
 * @param topics the topics the reader chose, comma separated; {@code null}: all
 * @param attributes what the newsletter keeps about the reader beyond that, by name
 */
public record EditionReader(long subscriberId, int moves, String email, @Nullable String name, @Nullable String topics,
		Map<String, String> attributes) {

	/** The number that nobody has. */
	public static final long EXAMPLE = 0;

	public EditionReader {
		attributes = Map.copyOf(attributes);
	}

	/** A made-up reader with this address. */
	public static EditionReader example(String email) {
		return new EditionReader(EXAMPLE, 0, email, "Robin Reader", null, Map.of());
	}

}
