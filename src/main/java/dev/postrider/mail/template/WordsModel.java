package dev.postrider.mail.template;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import freemarker.core.MarkupOutputFormat;
import freemarker.core.TemplateMarkupOutputModel;
import freemarker.template.SimpleScalar;
import freemarker.template.TemplateHashModel;
import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateNumberModel;
import freemarker.template.TemplateScalarModel;

/**
 * The fixed words, {@code words.KEY}, or with values {@code words.KEY(a, b)}. A value may
 * be text, a number, a reader's field or markup; the phrase around it is escaped.
 */
final class WordsModel implements TemplateHashModel {

	private final Map<String, String> words;

	private final Locale locale;

	WordsModel(Map<String, String> words, String language) {
		this.words = words;
		this.locale = Locale.forLanguageTag(language);
	}

	static String missing(String key) {
		return "there are no words." + key
				+ "; they are kept in words_en.properties in templates/mail/words and templates/web/words";
	}

	@Override
	public TemplateModel get(String key) throws TemplateModelException {
		String phrase = this.words.get(key);
		if (phrase == null) {
			throw new TemplateModelException(missing(key));
		}
		return new Word(key, Phrase.of(phrase));
	}

	@Override
	public boolean isEmpty() {
		return this.words.isEmpty();
	}

	private final class Word implements TemplateScalarModel, TemplateMethodModelEx {

		private final String key;

		private final Phrase phrase;

		Word(String key, Phrase phrase) {
			this.key = key;
			this.phrase = phrase;
		}

		@Override
		public String getAsString() throws TemplateModelException {
			if (!this.phrase.isPlain()) {
				throw new TemplateModelException(
						"words." + this.key + " has places for values: write words." + this.key + "(…)");
			}
			return this.phrase.pieces().get(0).toString();
		}

		@Override
		@SuppressWarnings("unchecked")
		public TemplateModel exec(@SuppressWarnings("rawtypes") List given) throws TemplateModelException {
			List<Object> values = given;
			for (Object piece : this.phrase.pieces()) {
				if (piece instanceof Integer index && index >= values.size()) {
					throw new TemplateModelException(
							"words." + this.key + " wants " + (index + 1) + " values and got " + values.size());
				}
			}
			for (Object value : values) {
				if (value instanceof TemplateMarkupOutputModel<?> markup && !(value instanceof FieldModel)) {
					return markup(values, markup.getOutputFormat());
				}
			}
			StringBuilder said = new StringBuilder();
			for (Object piece : this.phrase.pieces()) {
				said.append((piece instanceof Integer index) ? plain(values.get(index)) : piece);
			}
			return values.stream().anyMatch(FieldModel.class::isInstance) ? new FieldModel(said.toString())
					: new SimpleScalar(said.toString());
		}

		private <M extends TemplateMarkupOutputModel<M>> TemplateModel markup(List<?> values,
				MarkupOutputFormat<M> format) throws TemplateModelException {
			M said = format.fromMarkup("");
			for (Object piece : this.phrase.pieces()) {
				Object value = (piece instanceof Integer index) ? values.get(index) : piece;
				if (value instanceof TemplateMarkupOutputModel<?> markup && markup.getOutputFormat() == format) {
					@SuppressWarnings("unchecked") // Of this format, so of its kind.
					M same = (M) markup;
					said = format.concat(said, same);
				}
				else {
					said = format.concat(said, format.fromPlainTextByEscaping(plain(value)));
				}
			}
			return said;
		}

		private String plain(Object value) throws TemplateModelException {
			if (value instanceof String text) {
				return text;
			}
			if (value instanceof FieldModel field) {
				return field.text();
			}
			if (value instanceof TemplateNumberModel number) {
				return Phrase.text(number.getAsNumber(), WordsModel.this.locale);
			}
			if (value instanceof TemplateScalarModel text) {
				return text.getAsString();
			}
			throw new TemplateModelException("words." + this.key + " takes text, numbers, readers' fields and markup");
		}

	}

}
