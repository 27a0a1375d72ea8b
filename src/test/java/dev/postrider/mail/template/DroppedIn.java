package dev.postrider.mail.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import dev.postrider.mail.Designs;
import dev.postrider.mail.Letter;
import dev.postrider.mail.LetterRenderer;
import dev.postrider.mail.PublicUrl;

import org.springframework.util.unit.DataSize;

/**
 * A newsroom's own folder of designs, and the renderer that reads it; with tight limits.
 */
public final class DroppedIn implements AutoCloseable {

	static final String TEXT = "Subject: Hello\n\nHello\n";

	private final Path folder;

	private final FolderDesigns designs;

	private final FreeMarkerLetterRenderer renderer;

	public DroppedIn(Path folder) {
		this(folder, Duration.ofSeconds(20), DataSize.ofGigabytes(100));
	}

	DroppedIn(Path folder, Duration time, DataSize memory) {
		this.folder = folder;
		LetterProperties properties = new LetterProperties(folder, time, DataSize.ofKilobytes(200), memory);
		this.designs = new FolderDesigns(properties);
		this.renderer = new FreeMarkerLetterRenderer(properties, this.designs, new WordFiles(properties),
				new PublicUrl(URI.create("https://news.example")));
	}

	/** Writes a file below the folder. */
	public Path file(String name, String content) {
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
	public void design(String name, String mjmlText) {
		file(name + "/edition.txt.ftl", TEXT);
		file(name + "/edition.mjml.ftlh", mjml(mjmlText));
	}

	static String mjml(String text) {
		return "<mjml><mj-body><mj-section><mj-column>\n<mj-text>" + text
				+ "</mj-text>\n</mj-column></mj-section></mj-body></mjml>\n";
	}

	public Designs designs() {
		return this.designs;
	}

	public LetterRenderer renderer() {
		return this.renderer;
	}

	Letter render(String design, Map<String, ?> model) {
		return this.renderer.render(design + "/edition", model);
	}

	@Override
	public void close() {
		this.renderer.close();
	}

}
