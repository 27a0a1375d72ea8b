package dev.postrider.edition.gate;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.postrider.edition.Edition.Pick;
import dev.postrider.edition.gate.Styles.Theme;
import dev.postrider.mail.Letter;
import dev.postrider.newsletter.Newsletter;
import org.jspecify.annotations.Nullable;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * A letter as rules look at it: what was rendered, parsed once, every reader's field
 * filled with an example.
 */
final class GateLetter {

	private static final Pattern TOKEN = Pattern.compile("\uE000([^\uE001]*)\uE001");

	/** Blanks of every sort, and what pads a preheader without being seen. */
	private static final Pattern UNSEEN = Pattern.compile("[\\p{Z}\\p{Cc}\\p{Cf}\u034F]+");

	private final Newsletter newsletter;

	private final List<Pick> picks;

	private final Letter letter;

	private final Set<String> fields = new LinkedHashSet<>();

	private final @Nullable String earlierSubject;

	private final Document html;

	private final Map<Theme, Styles> styles = new EnumMap<>(Theme.class);

	/**
	 * Takes a letter in.
	 * @param newsletter whose
	 * @param picks the stories that it is to carry
	 * @param letter what was rendered, tokens filled or not
	 * @param earlierSubject the subject of the newsletter's edition before, if there was
	 * one
	 */
	GateLetter(Newsletter newsletter, List<Pick> picks, Letter letter, @Nullable String earlierSubject) {
		this.newsletter = newsletter;
		this.picks = picks;
		this.letter = new Letter(filled(letter.subject()), filled(letter.html()), filled(letter.text()));
		this.earlierSubject = earlierSubject;
		this.html = Jsoup.parse(this.letter.html());
	}

	Newsletter newsletter() {
		return this.newsletter;
	}

	List<Pick> picks() {
		return this.picks;
	}

	/** Subject and bodies as an example reader gets them. */
	Letter letter() {
		return this.letter;
	}

	/** The readers' fields whose tokens stand in the letter. */
	Set<String> fields() {
		return this.fields;
	}

	@Nullable String earlierSubject() {
		return this.earlierSubject;
	}

	Document html() {
		return this.html;
	}

	Styles styles(Theme theme) {
		return this.styles.computeIfAbsent(theme, (wanted) -> Styles.of(this.html, wanted));
	}

	/**
	 * The element with the line beside the subject: the first of the body, which nobody
	 * sees in the opened mail.
	 */
	@Nullable Element preheaderElement() {
		Element first = this.html.body().firstElementChild();
		return (first != null && styles(Theme.LIGHT).isHidden(first)) ? first : null;
	}

	/** That line; empty when there is none. */
	String preheader() {
		Element element = preheaderElement();
		return (element != null) ? line(element.text()) : "";
	}

	/** All words of the HTML part in one line, seen or not. */
	String words() {
		return line(this.html.body().text());
	}

	/** The words of the text part in one line. */
	String textWords() {
		return line(this.letter.text());
	}

	/** One line without what cannot be seen. */
	static String line(String text) {
		return UNSEEN.matcher(text.replaceAll("[\\p{Co}\\u00AD\\u200B]+", "")).replaceAll(" ").strip();
	}

	/**
	 * Where an element stands: the nearest headline, or else its own words.
	 */
	static String place(Element element) {
		for (Element above = element; above != null && !above.normalName().equals("body"); above = above.parent()) {
			Element headline = above.selectFirst("h1, h2, h3");
			if (headline != null) {
				return quoted(headline.text());
			}
		}
		String words = line(element.text());
		return words.isEmpty() ? "The HTML part" : quoted(words);
	}

	/** Words of the mail in quotation marks, not too many. */
	static String quoted(String words) {
		String line = line(words);
		return "“" + ((line.length() > 80)
				? line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, 79))) + "…" : line) + "”";
	}

	private String filled(String text) {
		Matcher token = TOKEN.matcher(text);
		return token.replaceAll((found) -> {
			String key = found.group(1);
			this.fields.add(key);
			return Matcher.quoteReplacement(key.endsWith("Url") ? "https://reader.example/" + key
					: key.equals("email") ? "reader@example.com" : "Example");
		});
	}

}
