package dev.postrider.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.opentest4j.TestAbortedException;

/**
 * Programs that nobody here wrote, which say whether our mail is in order. A test that
 * wants one that is not there is skipped with a word on what is missing; in CI that is a
 * failure.
 */
public final class Judge {

	private static final long PATIENCE = 120;

	private Judge() {
	}

	/**
	 * A script of those beside the project: {@code -Dpostrider.judges=DIR} names where.
	 */
	public static Path shared(String name) {
		Path folder = Path.of(System.getProperty("postrider.judges", "../shared/judges")).toAbsolutePath().normalize();
		if (!Files.isReadable(folder.resolve(name))) {
			throw missing("no " + folder.resolve(name) + "; -Dpostrider.judges=DIR names another folder");
		}
		return folder.resolve(name);
	}

	/** A script of our own that asks a judge. */
	public static Path own(String name) {
		try {
			return Path.of(Objects.requireNonNull(Judge.class.getResource("/judges/" + name), name).toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Looks whether a program is installed. */
	public static void want(String program, String debianPackage) {
		boolean found = Stream.of((System.getenv("PATH") + ":/usr/sbin").split(File.pathSeparator))
			.anyMatch((folder) -> new File(folder, program).canExecute());
		if (!found) {
			throw missing(program + " is not installed (Debian: " + debianPackage + ")");
		}
	}

	/** Looks whether a command ends well, which says that a library is installed. */
	public static void wantThat(String debianPackage, String... command) {
		if (ask(command).status() != 0) {
			throw missing(debianPackage + " is not installed");
		}
	}

	/** What stands in the way of a test. */
	public static RuntimeException missing(String what) {
		if ("true".equals(System.getenv("CI"))) {
			return new IllegalStateException("In CI nothing may be skipped: " + what);
		}
		System.out.println("Skipped: " + what);
		return new TestAbortedException(what);
	}

	/** Runs a program to its end. */
	public static Answer ask(String... command) {
		return ask(List.of(command));
	}

	/** Runs a program to its end. */
	public static Answer ask(List<String> command) {
		Path output = null;
		try {
			output = Files.createTempFile("judge", ".txt");
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectInput(new File("/dev/null"))
				.redirectOutput(output.toFile())
				.start();
			if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
				process.destroyForcibly();
				throw new IllegalStateException(command + " does not end: " + Files.readString(output));
			}
			return new Answer(process.exitValue(), Files.readString(output, StandardCharsets.ISO_8859_1));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		finally {
			if (output != null) {
				output.toFile().delete();
			}
		}
	}

	/**
	 * What a judge said.
	 *
	 * @param status its exit status
	 * @param text all it printed
	 */
	public record Answer(int status, String text) {
	}

}
