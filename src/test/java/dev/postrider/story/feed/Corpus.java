package dev.postrider.story.feed;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Where the collections of real input lie: the system property {@code postrider.corpora},
 * else beside the project.
 */
public final class Corpus {

	private Corpus() {
	}

	/** A folder of the corpora; a test that wants it is skipped where there is none. */
	public static Path folder(String name) {
		Path folder = Path.of(System.getProperty("postrider.corpora", "../shared/corpora"), name)
			.toAbsolutePath()
			.normalize();
		if (!Files.isDirectory(folder)) {
			System.out.println("Skipped: no folder " + folder + "; -Dpostrider.corpora=DIR names another");
		}
		assumeTrue(Files.isDirectory(folder), "No folder " + folder);
		assertThat(folder).isReadable();
		return folder;
	}

}
