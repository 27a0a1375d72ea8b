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

}
