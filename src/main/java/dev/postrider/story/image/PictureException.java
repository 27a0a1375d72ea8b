package dev.postrider.story.image;

/**
 * A picture that mails do not show. The message says why, for an editor.
 */
class PictureException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	PictureException(String message) {
		super(message);
	}

	PictureException(String message, Throwable cause) {
		super(message, cause);
	}

}
