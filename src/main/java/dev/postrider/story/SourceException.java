package dev.postrider.story;

import org.jspecify.annotations.Nullable;

/**
 * A source that may not be used, cannot be fetched or cannot be read. The message says
 * which and why, for an editor.
 */
public class SourceException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public SourceException(String message) {
		super(message);
	}

	public SourceException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	/**
	 * Says that something has more bytes than the settings allow.
	 * @param limit in bytes
	 */
	public static SourceException tooLarge(long limit) {
		return new SourceException(
				"It is larger than the %d kilobytes allowed by postrider.story.max-size".formatted(limit / 1024));
	}

}
