package dev.postrider.mail;

import org.jspecify.annotations.Nullable;

/**
 * A mail template that is missing or wrong. The message names the file, the line and the
 * reason.
 */
public class TemplateException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Nothing more is known than words.
	 * @param message file, line and reason
	 * @param cause what it came from
	 */
	public TemplateException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	/**
	 * A wrong file.
	 * @param file its path
	 * @param line from 1, or 0 where no line is to blame
	 * @param reason what is wrong and, where that is not plain, what to do
	 * @param cause what it came from
	 */
	public TemplateException(String file, int line, String reason, @Nullable Throwable cause) {
		this(file + ((line > 0) ? ", line " + line : "") + ": " + reason, cause);
	}

}
