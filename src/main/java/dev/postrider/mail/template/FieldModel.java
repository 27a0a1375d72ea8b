package dev.postrider.mail.template;

import freemarker.core.TemplateMarkupOutputModel;
import freemarker.template.TemplateBooleanModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateScalarModel;

/**
 * A reader's field in a template. It can be printed, alone or with text before and after
 * it, and nothing else: all readers of a variant share what is rendered, so a template
 * that looked at the field would look at a token. Being markup makes it printable; it is
 * a string and a boolean only to say what is wrong when it is used as one.
 */
final class FieldModel implements TemplateMarkupOutputModel<FieldModel>, TemplateScalarModel, TemplateBooleanModel {

	private final String text;

	/**
	 * A field.
	 * @param text what is printed: its token, maybe with text around it
	 */
	FieldModel(String text) {
		this.text = text;
	}

	String text() {
		return this.text;
	}

	@Override
	public FieldFormat getOutputFormat() {
		return FieldFormat.INSTANCE;
	}

	@Override
	public String getAsString() throws TemplateModelException {
		throw misuse();
	}

	@Override
	public boolean getAsBoolean() throws TemplateModelException {
		throw misuse();
	}

	/** Says what is wrong and what to do. */
	TemplateModelException misuse() {
		int from = this.text.indexOf('\uE000');
		int to = this.text.indexOf('\uE001', Math.max(0, from));
		return new TemplateModelException(
				misuse("reader." + ((from >= 0 && to > from) ? this.text.substring(from + 1, to) : "…")));
	}

	static String misuse(String name) {
		return name + " differs from reader to reader and is filled in after rendering: a template can print it, ${"
				+ name
				+ "}, but can neither test nor change it. To write something else for some readers, use a variant"
				+ " instead: by topics, language or design.";
	}

}
