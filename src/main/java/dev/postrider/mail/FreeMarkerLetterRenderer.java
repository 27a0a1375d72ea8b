package dev.postrider.mail;

import java.io.IOException;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;

import ch.digitalfondue.mjml4j.Mjml4j;
import freemarker.cache.ClassTemplateLoader;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateExceptionHandler;

import org.springframework.stereotype.Component;

@Component
class FreeMarkerLetterRenderer implements LetterRenderer {

	private static final String SUBJECT = "Subject: ";

	private final Configuration templates;

	private final Mjml4j.Configuration mjml = new Mjml4j.Configuration("en");

	FreeMarkerLetterRenderer() {
		this.templates = new Configuration(Configuration.VERSION_2_3_34);
		this.templates.setTemplateLoader(new ClassTemplateLoader(getClass().getClassLoader(), "templates/mail"));
		this.templates.setDefaultEncoding("UTF-8");
		this.templates.setLocale(Locale.UK);
		this.templates.setTimeZone(TimeZone.getTimeZone("UTC"));
		this.templates.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
		this.templates.setLogTemplateExceptions(false);
		this.templates.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
		this.templates.setLocalizedLookup(false);
	}

	@Override
	public Letter render(String name, Map<String, ?> model) {
		String text = process(name + ".txt.ftl", model).replace("\r\n", "\n");
		int end = text.indexOf('\n');
		if (!text.startsWith(SUBJECT) || end < 0) {
			throw new TemplateException(
					"templates/mail/" + name + ".txt.ftl, line 1: must begin with \"Subject: \" and the subject", null);
		}
		String subject = oneLine(text.substring(SUBJECT.length(), end));
		String html = html(name, process(name + ".mjml.ftlh", model));
		return new Letter(subject, html, text.substring(end + 1).strip() + "\n");
	}

	private String html(String name, String source) {
		try {
			return Mjml4j.render(source, this.mjml);
		}
		catch (RuntimeException ex) {
			throw new TemplateException("templates/mail/" + name + ".mjml.ftlh: not valid MJML: " + ex.getMessage(),
					ex);
		}
	}

	private String process(String file, Map<String, ?> model) {
		try {
			Template template = this.templates.getTemplate(file);
			StringWriter out = new StringWriter();
			template.process(model, out);
			return out.toString();
		}
		catch (freemarker.template.TemplateException | IOException ex) {
			throw new TemplateException("templates/mail/" + file + ": " + ex.getMessage(), ex);
		}
	}

	/**
	 * A subject can carry no line break, whatever a feed's headline holds (RFC 5322 2.2).
	 */
	private static String oneLine(String subject) {
		return subject.replaceAll("[\\p{Cc}\\u2028\\u2029]+", " ").strip();
	}

}
