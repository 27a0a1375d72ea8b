package dev.postrider.mail.template;

import java.io.IOException;
import java.io.Writer;

import freemarker.core.MarkupOutputFormat;
import freemarker.template.TemplateModelException;

/**
 * What readers' fields are written in: plain text with tokens in it, which every other
 * format takes as plain text and escapes.
 */
final class FieldFormat extends MarkupOutputFormat<FieldModel> {

	static final FieldFormat INSTANCE = new FieldFormat();

	private FieldFormat() {
	}

	@Override
	public String getName() {
		return "reader's field";
	}

	@Override
	public String getMimeType() {
		return "text/plain";
	}

	@Override
	public boolean isOutputFormatMixingAllowed() {
		return false;
	}

	@Override
	public boolean isAutoEscapedByDefault() {
		return true;
	}

	@Override
	public FieldModel fromPlainTextByEscaping(String text) {
		return new FieldModel(text);
	}

	@Override
	public FieldModel fromMarkup(String text) {
		return new FieldModel(text);
	}

	@Override
	public void output(FieldModel field, Writer out) throws IOException {
		out.write(field.text());
	}

	@Override
	public void output(String text, Writer out) throws IOException {
		out.write(text);
	}

	@Override
	public String getSourcePlainText(FieldModel field) {
		return field.text();
	}

	@Override
	public String getMarkupString(FieldModel field) throws TemplateModelException {
		throw field.misuse();
	}

	@Override
	public FieldModel concat(FieldModel first, FieldModel second) {
		return new FieldModel(first.text() + second.text());
	}

	@Override
	public String escapePlainText(String text) {
		return text;
	}

	@Override
	public boolean isEmpty(FieldModel field) throws TemplateModelException {
		throw field.misuse();
	}

	@Override
	public boolean isLegacyBuiltInBypassed(String builtIn) {
		return false;
	}

}
