package dev.postrider.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * How long processors have worked for a process: unlike the clock, hardly changed by what
 * else a machine does.
 */
public final class Cpu {

	private static final Set<String> DATABASES = Set.of("mysqld", "mariadbd");

	private Cpu() {
	}

	/** Seconds so far, of user and system. */
	public static double seconds(ProcessHandle process) {
		return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
	}

	/**
	 * The same of the server that listens on a port of this machine; 0 where that cannot
	 * be told.
	 */
	public static double ofDatabase(int port) {
		return ProcessHandle.allProcesses()
			.filter((process) -> isDatabase(process, port))
			.mapToDouble(Cpu::seconds)
			.max()
			.orElse(0);
	}

	/**
	 * The same of the processes that this one started and that have ended; 0 where that
	 * cannot be told.
	 */
	public static double ofEndedChildren() {
		try {
			String stat = Files.readString(Path.of("/proc/self/stat"));
			// After the name, which may hold anything: fields 16 and 17 of proc(5), in
			// hundredths.
			String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
			return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / 100.0;
		}
		catch (IOException ex) {
			return 0;
		}
	}

	private static boolean isDatabase(ProcessHandle process, int port) {
		Path folder = Path.of("/proc", String.valueOf(process.pid()));
		try {
			return DATABASES.contains(Files.readString(folder.resolve("comm")).strip())
					&& Files.readString(folder.resolve("cmdline")).contains("port=" + port);
		}
		catch (IOException ex) {
			// It has ended, or this is no Linux.
			return false;
		}
	}

}
