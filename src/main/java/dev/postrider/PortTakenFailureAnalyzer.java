package dev.postrider;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Names the setting that moves the web server to another port, which Boot's own words do
 * not.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class PortTakenFailureAnalyzer extends AbstractFailureAnalyzer<PortInUseException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PortInUseException cause) {
		return new FailureAnalysis("Port " + cause.getPort() + ", which the pages want, is taken by another program.",
				"Stop that program, or set another port with SERVER_PORT, for example SERVER_PORT="
						+ (cause.getPort() + 1) + ".",
				cause);
	}

}
