package dev.postrider.staff.web;

import java.time.Duration;

import org.springframework.security.core.AuthenticationException;

/**
 * So many wrong passwords that the next one is not even looked at.
 */
class TooManyAttemptsException extends AuthenticationException {

	private static final long serialVersionUID = 1L;

	private final Duration wait;

	TooManyAttemptsException(Duration wait) {
		super("Too many attempts");
		this.wait = wait;
	}

	/** Minutes to wait, at least 1. */
	long minutes() {
		return this.wait.plusSeconds(59).toMinutes();
	}

}
