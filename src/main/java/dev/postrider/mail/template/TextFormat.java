package dev.postrider.mail.template;

import java.io.IOException;
import java.io.Writer;

import freemarker.core.CommonMarkupOutputFormat;
import freemarker.core.CommonTemplateMarkupOutputModel;

/**
 * Plain text, in which nothing needs escaping. It is a markup all the same: what a
 * template takes down, {@code <#assign x>…</#assign>}, may hold a reader's field, and
 * markup can be printed but neither tested nor changed.
 */
final class TextFormat extends CommonMarkupOutputFormat<TextFormat.Text> {

	static final TextFormat INSTANCE = new TextFormat();

	private TextFormat() {
	}

	@Override
	public String getName() {
		return "text";
	}

	@Override
	public String getMimeType() {
		return "text/plain";
	}

	@Override
	public void output(String text, Writer out) throws IOException {
		out.write(text);
	}

	@Override
	public String escapePlainText(String text) {
		return text;
	}

	@Override
	public boolean isLegacyBuiltInBypassed(String builtIn) {
		return false;
	}

	@Override
	protected Text newTemplateMarkupOutputModel(String plain, String markup) {
		return new Text(plain, markup);
	}

	/**
	 * Text that was taken down.
	 */
	static final class Text extends CommonTemplateMarkupOutputModel<Text> {

		Text(String plain, String markup) {
			super(plain, markup);
		}

		@Override
		public TextFormat getOutputFormat() {
			return INSTANCE;
		}

	}

}
