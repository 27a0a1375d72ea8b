package dev.postrider.mail.relay;

import java.util.List;
import java.util.stream.Collectors;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Something in the settings of the relays is wrong. Names all of it, and no secret.
 */
final class WrongRelaysException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	WrongRelaysException(List<String> problems) {
		super(problems.stream()
			.map((problem) -> "  - " + problem)
			.collect(Collectors.joining("\n", "The settings of the relays are wrong:\n\n", "")));
	}

	/** Shows it as words. */
	static final class Analyzer extends AbstractFailureAnalyzer<WrongRelaysException> {

		@Override
		protected FailureAnalysis analyze(Throwable rootFailure, WrongRelaysException cause) {
			return new FailureAnalysis(cause.getMessage(),
					"Correct these settings (README.md, \"Relays\", says what each means) and start again.", cause);
		}

	}

}
