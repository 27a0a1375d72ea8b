package dev.postrider.demo;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Shows a {@link DemoStartException} as words instead of a stack trace.
 */
class DemoStartFailureAnalyzer extends AbstractFailureAnalyzer<DemoStartException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DemoStartException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
	}

}
