package dev.postrider.run;

import java.util.Map;
import java.util.TreeMap;

import org.springframework.batch.core.job.parameters.JobParameter;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/**
 * Between a run's identity and Spring Batch's job parameters.
 */
final class Identity {

	static final String TRIGGER = "trigger";

	private Identity() {
	}

	static JobParameters parameters(Map<String, String> identity, String trigger) {
		JobParametersBuilder parameters = new JobParametersBuilder();
		identity.forEach((name, value) -> parameters.addString(name, value, true));
		return parameters.addString(TRIGGER, trigger, false).toJobParameters();
	}

	static Map<String, String> of(JobParameters parameters) {
		Map<String, String> identity = new TreeMap<>();
		for (JobParameter<?> parameter : parameters) {
			if (parameter.identifying()) {
				identity.put(parameter.name(), String.valueOf(parameter.value()));
			}
		}
		return identity;
	}

}
