package dev.postrider.subscription.batch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import dev.postrider.run.RunLauncher;
import dev.postrider.subscription.list.SubscriptionSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Forgets files that nobody needs any more, with their rejected rows: these are readers
 * of whom most never came here. A file on which a run is at work stays.
 */
@Component
class ImportRetention {

	private static final Logger logger = LoggerFactory.getLogger(ImportRetention.class);

	/** No file takes longer to come in; who sent it has gone away. */
	private static final Duration RECEPTION = Duration.ofDays(1);

	private final StoredImports imports;

	private final RunLauncher launcher;

	private final SubscriptionSettings settings;

	private final Clock clock;

	ImportRetention(StoredImports imports, RunLauncher launcher, SubscriptionSettings settings, Clock clock) {
		this.imports = imports;
		this.launcher = launcher;
		this.settings = settings;
		this.clock = clock;
	}

	@Scheduled(initialDelay = 3, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
	void purge() {
		Instant now = this.clock.instant();
		this.imports.untouchedSince(now.minus(this.settings.rejectedRowsKeptFor()), now.minus(RECEPTION))
			.stream()
			.filter((file) -> !file.isUnderWay() || !this.launcher.isRunning(ImportJob.NAME, file.identity()))
			.forEach((file) -> {
				this.imports.delete(file.id());
				logger.info("File {} of readers is kept no longer", file.id());
			});
	}

}
