package dev.postrider.delivery;

import java.time.LocalDate;
import java.util.Map;

import dev.postrider.run.RunLauncher;

import org.springframework.stereotype.Component;

@Component
class DigestLauncher implements DigestRuns {

	private final RunLauncher launcher;

	DigestLauncher(RunLauncher launcher) {
		this.launcher = launcher;
	}

	@Override
	public long send(String newsletterSlug, LocalDate date, int number, String trigger) {
		return this.launcher.start(JOB,
				Map.of("newsletter", newsletterSlug, "date", date.toString(), "number", String.valueOf(number)),
				trigger);
	}

}
