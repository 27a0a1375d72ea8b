package dev.postrider.story.feed;

import java.util.List;

/**
 * A text of a feed as the feed means it.
 *
 * @param value the text, its addresses absolute when it is HTML
 * @param kind whether it is HTML
 */
record FeedText(String value, Kind kind) {

	static final FeedText NONE = new FeedText("", Kind.PLAIN);

	boolean isEmpty() {
		return this.value.isEmpty();
	}

	/** What a reader would read, in paragraphs of which none is empty. */
	List<String> paragraphs() {
		return switch (this.kind) {
			case PLAIN -> List.of(PlainText.tidy(this.value)).stream().filter((text) -> !text.isEmpty()).toList();
			case HTML -> PlainText.paragraphsOfHtml(this.value);
			case EITHER -> PlainText.paragraphs(this.value);
		};
	}

	/** What a reader would read, on one line. */
	String words() {
		return String.join(" ", paragraphs());
	}

	/**
	 * The text as safe HTML; empty when it has no markup that says more than its words.
	 */
	String safeHtml() {
		boolean html = this.kind == Kind.HTML || this.kind == Kind.EITHER && PlainText.looksLikeHtml(this.value);
		return html ? SafeHtml.summary(this.value) : "";
	}

	/** Whether a text is HTML. */
	enum Kind {

		/** Its format says that it is not. */
		PLAIN,

		/** Its format says that it is. */
		HTML,

		/** Its format leaves it open, as RSS does. */
		EITHER

	}

}
