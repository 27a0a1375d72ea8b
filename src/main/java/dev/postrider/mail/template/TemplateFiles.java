package dev.postrider.mail.template;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

import freemarker.cache.ClassTemplateLoader;
import freemarker.cache.FileTemplateLoader;
import freemarker.cache.TemplateLoader;
import org.jspecify.annotations.Nullable;

/**
 * Where templates come from: those that come with Postrider, and a folder of the
 * newsroom's own. A file of the folder never stands in for one of ours. Nothing but
 * templates can be read, and nothing outside these two places, links included.
 */
final class TemplateFiles implements TemplateLoader {

	private static final String BUILT_IN = "templates/mail/";

	/** Folders and a file, all plain names; no dot files and no way up. */
	private static final Pattern NAME = Pattern
		.compile("(?:[A-Za-z0-9_][A-Za-z0-9_-]*/)*[A-Za-z0-9_][A-Za-z0-9._-]*[.]ftlh?");

	private final TemplateLoader builtIn = new ClassTemplateLoader(TemplateFiles.class.getClassLoader(), BUILT_IN);

	private final @Nullable Path folder;

	private final @Nullable TemplateLoader own;

	/**
	 * The two places.
	 * @param folder the newsroom's own, if there is one
	 */
	TemplateFiles(@Nullable Path folder) {
		this.folder = folder;
		this.own = (folder != null) ? loader(folder) : null;
	}

	private static TemplateLoader loader(Path folder) {
		try {
			return new FileTemplateLoader(folder.toFile());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("postrider.mail.templates is \"" + folder
					+ "\", which is no folder that can be read: make it, or remove the setting", ex);
		}
	}

	/** Whether a name is one that a template can have. */
	static boolean isName(String name) {
		return NAME.matcher(name).matches();
	}

	/** Where a template lies, for people. */
	String place(String name) {
		try {
			boolean mine = findTemplateSource(name) instanceof Source source && source.loader() == this.own;
			return (mine && this.folder != null) ? this.folder.resolve(name).toString() : BUILT_IN + name;
		}
		catch (IOException ex) {
			return name;
		}
	}

	/** Whether there is such a template. */
	boolean exists(String name) {
		try {
			return findTemplateSource(name) != null;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public @Nullable Object findTemplateSource(String name) throws IOException {
		if (!isName(name)) {
			return null;
		}
		Object source = this.builtIn.findTemplateSource(name);
		if (source != null) {
			return new Source(this.builtIn, source);
		}
		if (this.own == null) {
			return null;
		}
		try {
			Object found = this.own.findTemplateSource(name);
			return (found != null) ? new Source(this.own, found) : null;
		}
		catch (SecurityException ex) {
			throw new IOException("\"" + name + "\" leads out of the folder of templates by a link", ex);
		}
	}

	@Override
	public long getLastModified(Object source) {
		Source from = (Source) source;
		return from.loader().getLastModified(from.source());
	}

	@Override
	public Reader getReader(Object source, String encoding) throws IOException {
		Source from = (Source) source;
		return from.loader().getReader(from.source(), encoding);
	}

	@Override
	public void closeTemplateSource(Object source) throws IOException {
		Source from = (Source) source;
		from.loader().closeTemplateSource(from.source());
	}

	@Override
	public String toString() {
		return "templates/mail" + ((this.folder != null) ? " and " + this.folder + File.separator : "");
	}

	/**
	 * A file in one of the places. Equal where file and place are, as FreeMarker's cache
	 * wants it.
	 */
	private record Source(TemplateLoader loader, Object source) {
	}

}
