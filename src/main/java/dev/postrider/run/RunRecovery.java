package dev.postrider.run;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Looks every few seconds for runs whose process has died, and continues them here.
 */
@Component
class RunRecovery {

	private static final Logger logger = LoggerFactory.getLogger(RunRecovery.class);

	private final BatchRunLauncher launcher;

	private final boolean enabled;

	private volatile boolean ready;

	RunRecovery(BatchRunLauncher launcher, RunProperties properties) {
		this.launcher = launcher;
		this.enabled = properties.recover();
	}

	@EventListener
	void ready(ApplicationReadyEvent event) {
		this.ready = this.enabled;
	}

	@Scheduled(fixedDelay = 3000)
	void recover() {
		if (!this.ready) {
			return;
		}
		try {
			this.launcher.recover();
		}
		catch (RunRefusedException | DataAccessException ex) {
			logger.warn("Looking for runs to recover failed, trying again: {}", ex.getMessage());
		}
	}

}
