package dev.postrider.mail.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lies in the newsroom's folder of designs. One that cannot be read any more, such
 * as a share that is away, has nothing: the designs that come with Postrider do not
 * suffer from it.
 */
final class OwnFolder {

	private static final Logger logger = LoggerFactory.getLogger(OwnFolder.class);

	/** Of templates that designs share, and of words; neither is a design. */
	private static final List<String> SHARED = List.of("parts", "words");

	private final @Nullable Path folder;

	/** Told once. */
	private final AtomicBoolean unreadable = new AtomicBoolean();

	OwnFolder(@Nullable Path folder) {
		this.folder = folder;
	}

	Listing read() {
		Path place = this.folder;
		if (place == null) {
			return new Listing(List.of(), null);
		}
		try (Stream<Path> found = Files.list(place)) {
			List<String> names = found.filter(Files::isDirectory)
				.map((path) -> path.getFileName().toString())
				.filter((name) -> !name.startsWith(".") && !SHARED.contains(name))
				.sorted()
				.toList();
			this.unreadable.set(false);
			return new Listing(names, null);
		}
		catch (IOException | UncheckedIOException ex) {
			String fault = "postrider.mail.templates: " + place + " cannot be read: " + ex;
			if (!this.unreadable.getAndSet(true)) {
				logger.error("{}. Only the designs that come with Postrider can be used", fault);
			}
			return new Listing(List.of(), fault);
		}
	}

	/**
	 * Changes when a file of a design does, such as the logo; a link may lead nowhere.
	 * @param design its folder
	 */
	static String stamps(Path design) throws IOException {
		try (Stream<Path> files = Files.list(design)) {
			StringBuilder stamps = new StringBuilder();
			for (Path file : files.sorted().toList()) {
				BasicFileAttributes stamp = Files.readAttributes(file, BasicFileAttributes.class,
						LinkOption.NOFOLLOW_LINKS);
				stamps.append(file.getFileName()).append(stamp.lastModifiedTime()).append(stamp.size());
			}
			return stamps.toString();
		}
	}

	/**
	 * What was read.
	 *
	 * @param names of the folders in it
	 * @param fault why it cannot be read, if so
	 */
	record Listing(List<String> names, @Nullable String fault) {
	}

}
