package dev.postrider.story.feed;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

import dev.postrider.story.SourceException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Reads {@code file:} addresses, none but those of files that really lie below the
 * allowed folder, links followed.
 */
@Component
class FolderFiles {

	private final @Nullable Path folder;

	private final long maxSize;

	FolderFiles(StorySettings settings) {
		this.folder = settings.allowedFolder();
		this.maxSize = settings.maxSize().toBytes();
	}

	/**
	 * The file an address names.
	 * @throws SourceException when it may not be read; the same for all outside the
	 * folder, whether they exist or not
	 */
	Path check(URI uri) {
		Path path;
		try {
			path = Path.of(uri).normalize();
		}
		catch (IllegalArgumentException ex) {
			throw new SourceException("%s does not name a file: write file:///folder/file".formatted(uri), ex);
		}
		if (this.folder == null || !path.startsWith(this.folder.toAbsolutePath().normalize())) {
			throw outside(uri);
		}
		try {
			Path real = path.toRealPath();
			if (!real.startsWith(this.folder.toRealPath())) {
				throw outside(uri);
			}
			if (!Files.isRegularFile(real)) {
				throw new SourceException("%s is not a file".formatted(uri));
			}
			return real;
		}
		catch (IOException ex) {
			throw leadsOutside(path) ? outside(uri)
					: new SourceException("There is no file %s that can be read".formatted(uri), ex);
		}
	}

	Fetched get(URI uri, @Nullable String lastModified) {
		Path file = check(uri);
		try {
			String modified = Files.getLastModifiedTime(file).toString();
			if (modified.equals(lastModified)) {
				return new Fetched(uri, null, null, new byte[0], null, modified, true);
			}
			return new Fetched(uri, null, null, read(file), null, modified, false);
		}
		catch (IOException ex) {
			throw new SourceException("The file %s cannot be read: %s".formatted(uri, ex.getMessage()), ex);
		}
	}

	/** Not by its size, which may change meanwhile; nor a link that took its place. */
	private byte[] read(Path file) throws IOException {
		try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
			byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, this.maxSize + 1));
			if (bytes.length > this.maxSize) {
				throw SourceException.tooLarge(this.maxSize);
			}
			return bytes;
		}
	}

	/** Whether the folders that are there on the way lead out by a link. */
	private boolean leadsOutside(Path path) {
		if (this.folder == null) {
			return true;
		}
		for (Path at = path.getParent(); at != null; at = at.getParent()) {
			try {
				return !at.toRealPath().startsWith(this.folder.toRealPath());
			}
			catch (IOException ex) {
				// It is not there, or may not be looked into: the one above it tells.
				continue;
			}
		}
		return true;
	}

	private static SourceException outside(URI uri) {
		return new SourceException(("%s may not be read: only files below the folder in the setting "
				+ "postrider.story.allowed-folder may be sources")
			.formatted(uri));
	}

}
