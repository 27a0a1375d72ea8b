package dev.postrider.mail.template;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TimeZone;

import dev.postrider.mail.TemplateException;
import freemarker.cache.ConditionalTemplateConfigurationFactory;
import freemarker.cache.FileExtensionMatcher;
import freemarker.core.ParseException;
import freemarker.core.TemplateClassResolver;
import freemarker.core.TemplateConfiguration;
import freemarker.core._CoreAPI;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateExceptionHandler;
import org.jspecify.annotations.Nullable;

/**
 * FreeMarker, with what a mail's template has no need of turned off. Every template,
 * included ones too, is looked at once before it runs.
 */
final class GuardedTemplates extends Configuration {

	private static final String LOOKED_AT = "looked-at";

	private final TemplateFiles files;

	GuardedTemplates(TemplateFiles files) {
		super(VERSION_2_3_34);
		this.files = files;
		setTemplateLoader(files);
		setDefaultEncoding(StandardCharsets.UTF_8.name());
		setLocale(Locale.UK);
		setTimeZone(TimeZone.getTimeZone("UTC"));
		setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
		setAttemptExceptionReporter((ex, environment) -> {
			// Whoever writes <#attempt> wants no more than <#recover>.
		});
		setLogTemplateExceptions(false);
		setWrapUncheckedExceptions(false);
		setLocalizedLookup(false);
		setTemplateUpdateDelayMilliseconds(1000);
		setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
		setAPIBuiltinEnabled(false);
		setObjectWrapper(new SafeWrapper());
		setArithmeticEngine(new StoppableArithmetic());
		TemplateConfiguration plain = new TemplateConfiguration();
		plain.setOutputFormat(TextFormat.INSTANCE);
		setTemplateConfigurations(new ConditionalTemplateConfigurationFactory(new FileExtensionMatcher("ftl"), plain));
	}

	@Override
	@SuppressWarnings("NullAway") // FreeMarker says nothing of nulls.
	public Template getTemplate(String name, @Nullable Locale locale, @Nullable Object lookup,
			@Nullable String encoding, boolean parsed, boolean ignoreMissing) throws IOException {
		if (!TemplateFiles.isName(name)) {
			throw new IOException("\"" + name
					+ "\" cannot be read: only templates, *.ftl and *.ftlh, below templates/mail and in the newsroom's own folder can");
		}
		try {
			Template template = super.getTemplate(name, locale, lookup, encoding, true, ignoreMissing);
			if (template != null) {
				lookAt(template);
			}
			return template;
		}
		catch (ParseException ex) {
			throw new TemplateException(this.files.place(name), ex.getLineNumber(),
					Reasons.brief(ex.getEditorMessage()), ex);
		}
	}

	private void lookAt(Template template) {
		synchronized (template) {
			if (template.getCustomAttribute(LOOKED_AT) == null) {
				TemplateGuard.check(template, this.files.place(template.getName()));
				_CoreAPI.addThreadInterruptedChecks(template);
				template.setCustomAttribute(LOOKED_AT, Boolean.TRUE);
			}
		}
	}

}
