package dev.postrider.story.feed;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jdom2.Element;

/**
 * The texts of one item: its title, its summary, and the articles that some feeds carry
 * whole.
 *
 * @param title what it is called
 * @param summary what it says in short; empty when it has but the article
 * @param contents the article, in one or more forms
 */
record ItemTexts(FeedText title, FeedText summary, List<FeedText> contents) {

	private static final Set<String> SUMMARIES = Set.of("description", "summary");

	private static final Set<String> CONTENTS = Set.of("content", "encoded", "body", "fullitem");

	/** Whose content is a picture or a film. */
	private static final String MEDIA = "http://search.yahoo.com/mrss";

	/**
	 * The texts of an item.
	 * @param item its element
	 * @param base what the document's addresses are relative to
	 */
	static ItemTexts of(Element item, URI base) {
		List<FeedText> summaries = new ArrayList<>();
		List<FeedText> contents = new ArrayList<>();
		for (Element child : item.getChildren()) {
			// Of a summary and a description the first is the short one.
			boolean own = XmlTree.isOwn(item, child) && SUMMARIES.contains(child.getName());
			if (own || CONTENTS.contains(child.getName()) && !child.getNamespaceURI().startsWith(MEDIA)) {
				FeedText text = TextElement.read(child, base);
				if (!text.isEmpty()) {
					((own && summaries.isEmpty()) ? summaries : contents).add(text);
				}
			}
		}
		FeedText summary = summaries.isEmpty()
				? first(item, base, Stream.of("description", "summary", "abstract", "subtitle")) : summaries.get(0);
		return new ItemTexts(title(item, base), summary, List.copyOf(contents));
	}

	/** The title of a feed or of an item. */
	static FeedText title(Element parent, URI base) {
		List<Element> titles = XmlTree.children(parent, "title").toList();
		Stream<Element> dublinCore = titles.stream()
			.filter((title) -> title.getNamespaceURI().equals(XmlTree.DUBLIN_CORE));
		Stream<Element> own = titles.stream().filter((title) -> XmlTree.isOwn(parent, title));
		return Stream.of(own, dublinCore, titles.stream())
			.flatMap((group) -> group)
			.map((title) -> TextElement.read(title, base))
			.filter((text) -> !text.words().isEmpty())
			.findFirst()
			.orElse(FeedText.NONE);
	}

	private static FeedText first(Element item, URI base, Stream<String> names) {
		return names.flatMap((name) -> XmlTree.children(item, name))
			.filter((child) -> !XmlTree.isOwn(item, child) || !SUMMARIES.contains(child.getName()))
			.map((child) -> TextElement.read(child, base))
			.filter((text) -> !text.isEmpty())
			.findFirst()
			.orElse(FeedText.NONE);
	}

	/** The summary if there is one, then the article. */
	Stream<FeedText> inOrder() {
		return Stream.concat(Stream.of(this.summary), this.contents.stream()).filter((text) -> !text.isEmpty());
	}

}
