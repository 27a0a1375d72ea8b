package dev.postrider.story;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A source whose server wants to be left alone for now.
 */
public class SourceBusyException extends SourceException {

	private static final long serialVersionUID = 1L;

	private final @Nullable Instant retryAt;

	private final boolean wholeHost;

	/**
	 * Makes one.
	 * @param message for an editor
	 * @param retryAt when it may be asked again, if the server said
	 * @param wholeHost whether nothing else should be asked of the server either
	 */
	public SourceBusyException(String message, @Nullable Instant retryAt, boolean wholeHost) {
		super(message);
		this.retryAt = retryAt;
		this.wholeHost = wholeHost;
	}

	/** When it may be asked again, or {@code null} when the server did not say. */
	public @Nullable Instant retryAt() {
		return this.retryAt;
	}

	/** Whether other addresses of the server had better not be asked now. */
	public boolean isWholeHost() {
		return this.wholeHost;
	}

}
