package dev.postrider;

import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Says in words that the database cannot be reached or does not let us in, instead of
 * through the traces of all who wanted it.
 */
class DatabaseFailureAnalyzer extends AbstractFailureAnalyzer<SQLException> {

	private static final int UNKNOWN_DATABASE = 1049;

	private final Environment environment;

	DatabaseFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
		String state = String.valueOf(cause.getSQLState());
		if (cause.getErrorCode() == UNKNOWN_DATABASE) {
			return new FailureAnalysis("The server at " + address() + " has no such database.",
					"Create it: CREATE DATABASE postrider CHARACTER SET utf8mb4; or mend SPRING_DATASOURCE_URL.",
					cause);
		}
		if (state.startsWith("08")) {
			return new FailureAnalysis("The database at " + address() + " cannot be reached: " + lastWords(cause),
					"Start it, or mend SPRING_DATASOURCE_URL. Nothing is lost: what was being sent goes on at the next start.",
					cause);
		}
		if (state.startsWith("28")) {
			return new FailureAnalysis("The database at " + address() + " does not let us in: " + cause.getMessage(),
					"Mend SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD, or the account's rights.", cause);
		}
		return null;
	}

	/** Without the options, which may hold a password. */
	private String address() {
		return this.environment.getProperty("spring.datasource.url", "an unknown address").replaceFirst("\\?.*", "");
	}

	/**
	 * The driver's own message is four lines about packets; the reason is at the bottom.
	 */
	private static String lastWords(Throwable cause) {
		Throwable last = cause;
		while (last.getCause() != null) {
			last = last.getCause();
		}
		return String.valueOf(last.getMessage()).lines().findFirst().orElse("");
	}

}
