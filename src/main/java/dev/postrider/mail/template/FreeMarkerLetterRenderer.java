package dev.postrider.mail.template;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BiFunction;

import ch.digitalfondue.mjml4j.Mjml4j;
import dev.postrider.mail.FieldPlaces;
import dev.postrider.mail.Letter;
import dev.postrider.mail.LetterRenderer;
import dev.postrider.mail.PublicUrl;
import dev.postrider.mail.TemplateException;
import dev.postrider.mail.Writing;
import dev.postrider.mail.template.LetterProperties.Limits;
import dev.postrider.mail.template.LimitedRuns.Running;
import dev.postrider.mail.template.MjmlCheck.Fault;
import dev.postrider.mail.template.TracingWriter.Origin;
import freemarker.core.Environment;
import freemarker.template.Template;
import freemarker.template.TemplateNotFoundException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * FreeMarker writes MJML, and mjml4j turns it into HTML; within limits.
 */
@Component
class FreeMarkerLetterRenderer implements LetterRenderer, AutoCloseable {

	private static final String SUBJECT = "Subject: ";

	private final TemplateFiles files;

	private final GuardedTemplates templates;

	private final FolderDesigns designs;

	private final WordFiles words;

	private final PublicUrl publicUrl;

	private final Limits limits;

	private final LimitedRuns runs;

	@Autowired
	FreeMarkerLetterRenderer(LetterProperties properties, FolderDesigns designs, WordFiles words, PublicUrl publicUrl) {
		this.designs = designs;
		this.publicUrl = publicUrl;
		this.files = new TemplateFiles(properties.templates());
		this.templates = new GuardedTemplates(this.files);
		this.words = words;
		this.limits = properties.limits();
		this.runs = new LimitedRuns(this.limits);
	}

	@Override
	public Letter render(String name, Map<String, ?> model) {
		Map<String, Object> full = new HashMap<>(model);
		String language = (model.get("lang") instanceof String lang) ? lang : "en";
		full.put("lang", language);
		full.putIfAbsent("dir", Writing.direction(Locale.forLanguageTag(language)));
		full.put("words", new WordsModel(this.words.of(language), language));
		String template = this.designs.template(name);
		full.put("theme", theme(name));
		try {
			return this.runs.of(template, this.files.place(template + ".mjml.ftlh"),
					(running) -> render(template, new Part(full, language, running)));
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof TemplateException wrong) {
				throw wrong;
			}
			throw new TemplateException(this.files.place(template), 0, "it could not be rendered: " + ex.getCause(),
					ex);
		}
	}

	private Map<String, Object> theme(String name) {
		Theme theme = this.designs.theme(name);
		Theme.Logo logo = theme.logo();
		return theme.model((logo == null) ? ""
				: this.publicUrl.of("/designs/{design}/{file}", name.substring(0, name.indexOf('/')), logo.file()));
	}

	private Letter render(String name, Part part) {
		String textFile = name + ".txt.ftl";
		String text = process(textFile, part, Tokens::fault).replace("\r\n", "\n");
		int end = text.indexOf('\n');
		if (!text.startsWith(SUBJECT) || end < 0) {
			throw new TemplateException(this.files.place(textFile), 1,
					"it must begin with \"" + SUBJECT + "\" and the subject", null);
		}
		String subject = oneLine(text.substring(SUBJECT.length(), end));
		String htmlFile = name + ".mjml.ftlh";
		String html = html(htmlFile, process(htmlFile, part, FreeMarkerLetterRenderer::mjmlFault), part.language());
		// MJML writes some attributes into styles.
		FieldPlaces.misplaced(html).ifPresent((it) -> {
			throw new TemplateException(this.files.place(htmlFile), 0, it.reason(), null);
		});
		return new Letter(subject, html, text.substring(end + 1).strip() + "\n");
	}

	private static @Nullable Fault mjmlFault(String written, Map<String, ?> model) {
		Fault fault = Tokens.fault(written, model);
		if (fault == null) {
			fault = FieldPlaces.misplaced(written).map((it) -> new Fault(it.offset(), it.reason())).orElse(null);
		}
		return (fault != null) ? fault : MjmlCheck.fault(written);
	}

	private String html(String file, String source, String language) {
		try {
			return Mjml4j.render(source, new Mjml4j.Configuration(language));
		}
		catch (RuntimeException ex) {
			throw new TemplateException(this.files.place(file), 0, "not valid MJML: " + ex.getMessage(), ex);
		}
	}

	private String process(String file, Part part, BiFunction<String, Map<String, ?>, @Nullable Fault> check) {
		LimitedWriter out = new LimitedWriter(this.limits.characters(), part.running().spots()::look);
		process(file, part, out);
		String written = out.toString();
		Fault fault = check.apply(written, part.model());
		if (fault == null) {
			return written;
		}
		TracingWriter traced = new TracingWriter(this.limits.characters());
		process(file, part, traced);
		Origin origin = traced.origin(fault.offset());
		throw new TemplateException(this.files.place(origin.template().isEmpty() ? file : origin.template()),
				origin.line(), fault.reason(), null);
	}

	private void process(String file, Part part, LimitedWriter out) {
		Spots spots = part.running().spots();
		try {
			Template template = this.templates.getTemplate(file);
			Environment environment = template.createProcessingEnvironment(part.model(), out);
			environment.setLocale(part.language().equals("en") ? Locale.UK : Locale.forLanguageTag(part.language()));
			spots.enter(environment, file, this.files::place);
			environment.process();
		}
		catch (freemarker.template.TemplateException ex) {
			String blamed = (ex.getTemplateSourceName() != null) ? ex.getTemplateSourceName() : file;
			Integer line = ex.getLineNumber();
			throw new TemplateException(this.files.place(blamed), (line != null) ? line : 0, Reasons.of(ex), ex);
		}
		catch (TemplateNotFoundException ex) {
			throw new TemplateException(this.files.place(file), 0, "there is no such template", ex);
		}
		catch (IOException ex) {
			throw new TemplateException(spots.file(), spots.line(), Reasons.brief(ex.getMessage()), ex);
		}
	}

	/**
	 * A subject can carry no line break, whatever a feed's headline holds (RFC 5322 2.2).
	 */
	private static String oneLine(String subject) {
		return subject.replaceAll("[\\p{Cc}\\u2028\\u2029]+", " ").strip();
	}

	@Override
	public void close() {
		this.runs.close();
	}

	private record Part(Map<String, ?> model, String language, Running running) {
	}

}
