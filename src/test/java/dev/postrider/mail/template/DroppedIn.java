package dev.postrider.mail.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import dev.postrider.mail.Letter;
import dev.postrider.mail.PublicUrl;

import org.springframework.util.unit.DataSize;

/**
 * A newsroom's own folder of designs, and the renderer that reads it; with tight limits.
 */
final class DroppedIn implements AutoCloseable {

	static final String TEXT = "Subject: Hello\n\nHello\n";

	private final Path folder;

	private final FreeMarkerLetterRenderer renderer;

	DroppedIn(Path folder) {
		this(folder, Duration.ofSeconds(20), DataSize.ofGigabytes(100));
	}

	DroppedIn(Path folder, Duration time, DataSize memory) {
		this.folder = folder;
		LetterProperties properties = new LetterProperties(folder, time, DataSize.ofKilobytes(200), memory);
		this.renderer = new FreeMarkerLetterRenderer(properties, new FolderDesigns(properties),
				new WordFiles(properties), new PublicUrl(URI.create("https://news.example")));
	}

	/** Writes a file below the folder. */
	Path file(String name, String content) {
		try {
			Path file = this.folder.resolve(name);
			Files.createDirectories(file.getParent());
			return Files.writeString(file, content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A design whose HTML is one text. */
	void design(String name, String mjmlText) {
		file(name + "/edition.txt.ftl", TEXT);
		file(name + "/edition.mjml.ftlh", mjml(mjmlText));
	}

	static String mjml(String text) {
		return "<mjml><mj-body><mj-section><mj-column>\n<mj-text>" + text
				+ "</mj-text>\n</mj-column></mj-section></mj-body></mjml>\n";
	}

	Letter render(String design, Map<String, ?> model) {
		return this.renderer.render(design + "/edition", model);
	}

	@Override
	public void close() {
		this.renderer.close();
	}

}
