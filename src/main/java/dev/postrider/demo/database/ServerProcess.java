package dev.postrider.demo.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.postrider.demo.DemoStartException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which process serves a folder, written down so that the next owner of the folder can
 * stop a server that outlived the last one.
 */
final class ServerProcess {

	private static final Logger logger = LoggerFactory.getLogger(ServerProcess.class);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(3);

	private ServerProcess() {
	}

	/** Notes the process that serves now. */
	static void record(Path file, ProcessHandle process) throws IOException {
		Properties properties = new Properties();
		properties.setProperty("pid", Long.toString(process.pid()));
		process.info().startInstant().ifPresent((at) -> properties.setProperty("started", at.toString()));
		try (OutputStream out = Files.newOutputStream(file)) {
			properties.store(out, "The database server of this folder");
		}
	}

	/**
	 * Stops the noted server if it still runs. The caller holds the folder's lock, so its
	 * owner is dead.
	 */
	static void stopOrphan(Path file) throws IOException {
		if (!Files.exists(file)) {
			return;
		}
		Properties properties = new Properties();
		try (InputStream in = Files.newInputStream(file)) {
			properties.load(in);
		}
		Optional<ProcessHandle> orphan = ProcessHandle.of(Long.parseLong(properties.getProperty("pid", "-1")))
			.filter((process) -> isSame(process, properties.getProperty("started", "")));
		if (orphan.isPresent()) {
			logger.info("A database server (process {}) outlived the last start; stopping it", orphan.get().pid());
			stop(orphan.get());
		}
		Files.delete(file);
	}

	/**
	 * Asks a server to stop and waits for it.
	 * @throws DemoStartException when it does not
	 */
	static void stop(ProcessHandle process) {
		try {
			process.destroy();
			try {
				process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
			}
			catch (TimeoutException ex) {
				logger.warn("The database server (process {}) has not stopped in {} s; killing it", process.pid(),
						PATIENCE.toSeconds());
				process.destroyForcibly();
				process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new DemoStartException("The database server, process " + process.pid() + ", does not stop.",
					"Stop it by hand: kill -9 " + process.pid(), ex);
		}
	}

	/** A process id is used again; the start tells the two apart. */
	private static boolean isSame(ProcessHandle process, String started) {
		if (started.isEmpty()) {
			return process.info().command().filter((command) -> command.contains("mariadbd")).isPresent();
		}
		return process.info()
			.startInstant()
			.map((at) -> Duration.between(at, Instant.parse(started)).abs().compareTo(CLOCK_TOLERANCE) < 0)
			.orElse(false);
	}

}
