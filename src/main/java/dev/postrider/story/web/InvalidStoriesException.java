package dev.postrider.story.web;

import java.util.List;

/**
 * A delivery of stories of which at least one is wrong.
 */
class InvalidStoriesException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<Mistake> errors;

	InvalidStoriesException(List<Mistake> errors) {
		super("%s. Nothing was stored".formatted((errors.size() == 1) ? errors.get(0).text()
				: errors.get(0).text() + ", and %d more".formatted(errors.size() - 1)));
		this.errors = errors;
	}

	List<Mistake> errors() {
		return this.errors;
	}

	/**
	 * One thing that is wrong.
	 *
	 * @param index which story, from 0
	 * @param field which of its fields, such as {@code image.url}; empty for the whole
	 * @param message what is wrong with it
	 */
	record Mistake(int index, String field, String message) {

		String text() {
			return "Story %d%s: %s".formatted(this.index, this.field.isEmpty() ? "" : ", " + this.field, this.message);
		}

	}

}
