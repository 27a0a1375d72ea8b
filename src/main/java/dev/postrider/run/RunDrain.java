package dev.postrider.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Stops this process' runs before anything else is shut down: Spring Boot alone would
 * leave them recorded as executing. What is in flight is finished and written; the next
 * start continues them.
 */
@Component
class RunDrain implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(RunDrain.class);

	private final BatchRunLauncher launcher;

	private final RunOwners owners;

	private final Duration patience;

	private volatile boolean running;

	RunDrain(BatchRunLauncher launcher, RunOwners owners, RunProperties properties) {
		this.launcher = launcher;
		this.owners = owners;
		this.patience = properties.drain();
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.launcher.drain();
		try {
			List<Long> mine = this.owners.mine();
			mine.forEach(this::drain);
			Instant deadline = Instant.now().plus(this.patience);
			while (!this.owners.mine().isEmpty() && Instant.now().isBefore(deadline)) {
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
			}
			List<Long> left = this.owners.mine();
			if (!left.isEmpty()) {
				logger.warn("Runs {} did not stop within {} s; the next start recovers them", left,
						this.patience.toSeconds());
			}
		}
		catch (DataAccessException ex) {
			logger.warn("Runs could not be drained, the next start recovers them: {}", ex.getMessage());
		}
	}

	/** One run that cannot be asked must not keep the others from being asked. */
	private void drain(long runId) {
		try {
			this.launcher.drain(runId);
		}
		catch (DataAccessException ex) {
			logger.warn("Run {} could not be asked to stop: {}", runId, ex.getMessage());
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** After everything at start, so before everything at stop. */
	@Override
	public int getPhase() {
		return Integer.MAX_VALUE;
	}

}
