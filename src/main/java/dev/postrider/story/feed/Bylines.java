package dev.postrider.story.feed;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndPerson;
import org.jdom2.Element;
import org.jspecify.annotations.Nullable;

/**
 * Who wrote an item.
 */
final class Bylines {

	private static final Pattern MAILBOX = Pattern.compile("\\S+@\\S+\\s*\\((.+)\\)|(.+?)\\s*[<(]\\S+@\\S+[>)]");

	private Bylines() {
	}

	/** The names, or {@code null} when nobody is named. */
	static @Nullable String of(SyndEntry entry, Element element) {
		Stream<@Nullable String> people = entry.getAuthors().stream().map(SyndPerson::getName);
		Stream<@Nullable String> creators = XmlTree.children(element, "creator").map(Element::getTextTrim);
		String names = Stream.of(people, persons(element), creators)
			.map(Bylines::joined)
			.filter((group) -> !group.isEmpty())
			.findFirst()
			.orElseGet(() -> withoutAddress(XmlTree.text(element, "author").orElse(entry.getAuthor())));
		return names.isEmpty() ? inherited(element) : names;
	}

	/** By the rules of Atom an entry without authors is by those of its feed. */
	private static @Nullable String inherited(Element element) {
		Element feed = element.getParentElement();
		if (feed == null || !element.getName().equals("entry")) {
			return null;
		}
		Stream<Element> origins = Stream.concat(XmlTree.children(element, "source"), Stream.of(feed));
		return origins.map((origin) -> joined(persons(origin)))
			.filter((names) -> !names.isEmpty())
			.findFirst()
			.orElse(null);
	}

	private static Stream<@Nullable String> persons(Element parent) {
		return XmlTree.children(parent, "author").map((author) -> XmlTree.text(author, "name").orElse(null));
	}

	/** Several names as one line, each once. */
	static String joined(Stream<@Nullable String> names) {
		return names.map(Bylines::withoutAddress)
			.filter((name) -> !name.isEmpty())
			.distinct()
			.collect(Collectors.joining(", "));
	}

	/** A mail address is nobody's byline. */
	private static String withoutAddress(@Nullable String author) {
		String name = PlainText.of(author);
		Matcher mailbox = MAILBOX.matcher(name);
		if (mailbox.matches()) {
			name = (mailbox.group(1) != null) ? mailbox.group(1) : mailbox.group(2);
		}
		return name.contains("@") && !name.contains(" ") ? "" : name.strip();
	}

}
