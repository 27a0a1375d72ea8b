package dev.postrider.mail.template;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.postrider.mail.Designs;
import dev.postrider.mail.TemplateException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * The folders below {@code templates/mail} and below the newsroom's own folder. The
 * latter are read anew when they change, so that a preview shows what was just edited.
 */
@Component
class FolderDesigns implements Designs {

	private static final Logger logger = LoggerFactory.getLogger(FolderDesigns.class);

	private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");

	private static final String THEME = "theme.properties";

	private static final String EDITION = "/edition.mjml.ftlh";

	private final @Nullable Path folder;

	private final OwnFolder listed;

	private final TemplateFiles files;

	private final SortedSet<String> builtIn = new TreeSet<>();

	private final Theme standard;

	private final Map<String, Read> themes = new ConcurrentHashMap<>();

	FolderDesigns(LetterProperties properties) {
		this.folder = properties.templates();
		this.listed = new OwnFolder(this.folder);
		this.files = new TemplateFiles(this.folder);
		try {
			for (Resource design : new PathMatchingResourcePatternResolver(FolderDesigns.class.getClassLoader())
				.getResources("classpath:templates/mail/*" + EDITION)) {
				String path = design.getURL().getPath();
				this.builtIn.add(path.substring(path.lastIndexOf('/', path.length() - EDITION.length() - 1) + 1,
						path.length() - EDITION.length()));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.standard = Objects.requireNonNull(builtInTheme("", Map.of()));
		OwnFolder.Listing found = this.listed.read();
		if (found.fault() != null) {
			throw new TemplateException(found.fault(), null);
		}
		found.names().forEach((name) -> logger.info("The design {} comes from {}", name, this.folder));
		faults().forEach((name, fault) -> logger.error("The design {} cannot be used: {}", name, fault));
	}

	@Override
	public boolean exists(String name) {
		return this.builtIn.contains(name) || (own().contains(name) && fault(name) == null);
	}

	@Override
	public List<String> all() {
		return Stream.concat(this.builtIn.stream(), own().stream().filter((name) -> fault(name) == null))
			.distinct()
			.sorted()
			.toList();
	}

	@Override
	public List<String> own() {
		return this.listed.read().names();
	}

	@Override
	public Map<String, String> faults() {
		Map<String, String> faults = new TreeMap<>();
		OwnFolder.Listing found = this.listed.read();
		if (found.fault() != null) {
			faults.put(String.valueOf(this.folder), found.fault());
		}
		found.names().forEach((name) -> {
			String fault = fault(name);
			if (fault != null) {
				faults.put(name, fault);
			}
		});
		return faults;
	}

	private @Nullable String fault(String name) {
		try {
			template(name + "/edition");
			return null;
		}
		catch (TemplateException ex) {
			return ex.getMessage();
		}
	}

	/**
	 * The templates that render a mail: a design's own, or those it is based on.
	 * @param mail such as {@code front-page/edition}, or {@code confirm}
	 * @throws TemplateException when its folder is wrong
	 */
	String template(String mail) {
		String name = design(mail);
		if (name == null || this.folder == null) {
			return mail;
		}
		OwnFolder.Listing found = this.listed.read();
		if (found.fault() != null && !this.builtIn.contains(name)) {
			throw new TemplateException(found.fault(), null);
		}
		if (!found.names().contains(name)) {
			return mail;
		}
		Path place = this.folder.resolve(name);
		if (!NAME.matcher(name).matches()) {
			throw new TemplateException(place.toString(), 0,
					"a design's name is small letters, digits and hyphens, at most 60", null);
		}
		if (this.builtIn.contains(name)) {
			throw new TemplateException(place.toString(), 0,
					"a design of that name comes with Postrider and is not replaced: give the folder another name",
					null);
		}
		String base = theme(mail).base();
		boolean templates = this.files.exists(name + EDITION);
		if (base == null && !templates) {
			throw new TemplateException(place.toString(), 0,
					"it has no edition.mjml.ftlh, and no theme.properties that names a design to use with base = …",
					null);
		}
		if (base != null && (templates || !this.builtIn.contains(base))) {
			throw new TemplateException(place.resolve(THEME).toString(), 0,
					"base is \"" + base + "\", but "
							+ (templates ? "the folder has an edition.mjml.ftlh of its own: leave one of them out"
									: "the designs that come with Postrider are " + this.builtIn),
					null);
		}
		return (base != null) ? base + "/edition" : mail;
	}

	/**
	 * How a mail looks.
	 * @param mail such as {@code front-page/edition}; one that is of no design has
	 * Postrider's theme
	 * @throws TemplateException when its theme is wrong
	 */
	Theme theme(String mail) {
		String name = design(mail);
		if (name == null) {
			return this.standard;
		}
		Path own = (this.folder != null && !this.builtIn.contains(name)) ? this.folder.resolve(name) : null;
		if (own == null || !Files.exists(own.resolve(THEME))) {
			Theme theme = builtInTheme(name + "/", this.standard.settings());
			return (theme != null) ? theme : this.standard;
		}
		try {
			String text = Files.readString(own.resolve(THEME));
			String stamp = text + OwnFolder.stamps(own);
			Read known = this.themes.get(name);
			if (known == null || !known.stamp().equals(stamp)) {
				known = new Read(stamp,
						ThemeReader.read(own.resolve(THEME).toString(), text, own, this.standard.settings()));
				this.themes.put(name, known);
			}
			return known.theme();
		}
		catch (IOException | UncheckedIOException ex) {
			throw new TemplateException(own.resolve(THEME).toString(), 0, "it cannot be read: " + ex.getMessage(), ex);
		}
	}

	private static @Nullable Theme builtInTheme(String prefix, Map<String, String> defaults) {
		String file = "templates/mail/" + prefix + THEME;
		try (InputStream in = FolderDesigns.class.getClassLoader().getResourceAsStream(file)) {
			return (in == null) ? null
					: ThemeReader.read(file, new String(in.readAllBytes(), StandardCharsets.UTF_8), null, defaults);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static @Nullable String design(String mail) {
		int slash = mail.indexOf('/');
		return (slash > 0) ? mail.substring(0, slash) : null;
	}

	private record Read(String stamp, Theme theme) {
	}

}
