package dev.postrider.story.feed;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the tags of HTML the way the corpus expects them: attributes by name and in
 * double quotes, elements that are always empty closed with a slash. Text stays as it is.
 */
final class SortedMarkup {

	private static final Pattern TAG = Pattern
		.compile("<([A-Za-z][\\w:-]*)((?:\\s+[^\\s<>=/\"']+(?:\\s*=\\s*(?:\"[^\"]*\"|'[^']*'|[^\\s\"'<>]+))?)*)\\s*(/?)>");

	private static final Pattern ATTRIBUTE = Pattern
		.compile("([^\\s<>=/\"']+)(?:\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'<>]+)))?");

	private static final Pattern EMPTY = Pattern
		.compile("area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr");

	private SortedMarkup() {
	}

	static String of(String html) {
		return TAG.matcher(html).replaceAll((tag) -> {
			Map<String, String> attributes = new TreeMap<>();
			Matcher attribute = ATTRIBUTE.matcher(tag.group(2));
			while (attribute.find()) {
				String value = (attribute.group(2) != null) ? attribute.group(2)
						: (attribute.group(3) != null) ? attribute.group(3).replace("\"", "&quot;") : attribute.group(4);
				attributes.put(attribute.group(1), (value != null) ? value : "");
			}
			StringBuilder result = new StringBuilder("<").append(tag.group(1));
			attributes.forEach((name, value) -> result.append(" %s=\"%s\"".formatted(name, value)));
			boolean empty = EMPTY.matcher(tag.group(1).toLowerCase(Locale.ROOT)).matches();
			return Matcher.quoteReplacement(
					result.append(empty ? " />" : tag.group(3).isEmpty() ? ">" : "></" + tag.group(1) + ">").toString());
		});
	}

}
