package dev.postrider.mail;

import org.jspecify.annotations.Nullable;

/**
 * A mail template that is missing or wrong. The message names the file, the line and the
 * reason.
 */
public class TemplateException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public TemplateException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
