package dev.postrider.mail.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Whether MJML is well made. mjml4j itself leaves out what it does not know and closes
 * what is open, so that a mistyped tag would cost a story.
 */
final class MjmlCheck {

	private static final String BODY = "mj-section mj-column mj-group mj-wrapper mj-hero mj-text mj-image mj-button "
			+ "mj-divider mj-spacer mj-table mj-raw mj-social mj-navbar mj-accordion mj-carousel";

	private static final Set<String> CONTENT = words(
			"mj-text mj-image mj-button mj-divider mj-spacer mj-table mj-raw mj-social mj-navbar mj-accordion mj-carousel");

	private static final Set<String> HEAD = words(
			"mj-title mj-preview mj-attributes mj-html-attributes mj-style mj-font " + "mj-breakpoint mj-raw");

	/** What may stand in what; an element that is not here holds no other. */
	private static final Map<String, Set<String>> CHILDREN = Map.ofEntries(Map.entry("", Set.of("mjml")),
			Map.entry("mjml", words("mj-head mj-body")), Map.entry("mj-head", HEAD),
			Map.entry("mj-body", words("mj-wrapper mj-section mj-hero mj-raw")),
			Map.entry("mj-wrapper", words("mj-section mj-hero mj-raw")),
			Map.entry("mj-section", words("mj-column mj-group mj-raw")),
			Map.entry("mj-group", words("mj-column mj-raw")), Map.entry("mj-column", CONTENT),
			Map.entry("mj-hero", CONTENT),
			Map.entry("mj-attributes",
					words("mj-all mj-class mj-body mj-accordion-element mj-accordion-title "
							+ "mj-accordion-text mj-carousel-image mj-navbar-link mj-social-element " + BODY)),
			Map.entry("mj-html-attributes", words("mj-selector")), Map.entry("mj-selector", words("mj-html-attribute")),
			Map.entry("mj-social", words("mj-social-element mj-raw")),
			Map.entry("mj-navbar", words("mj-navbar-link mj-raw")),
			Map.entry("mj-accordion", words("mj-accordion-element mj-raw")),
			Map.entry("mj-accordion-element", words("mj-accordion-title mj-accordion-text mj-raw")),
			Map.entry("mj-carousel", words("mj-carousel-image")));

	private static final Pattern TAG = Pattern
		.compile("<!--.*?-->|<(/?)(mj(?:ml|-[A-Za-z-]+))\\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>", Pattern.DOTALL);

	private MjmlCheck() {
	}

	/** The first fault, if there is one. */
	static @Nullable Fault fault(String mjml) {
		Deque<Open> open = new ArrayDeque<>();
		Matcher tag = TAG.matcher(mjml);
		boolean body = false;
		while (tag.find()) {
			String name = tag.group(2);
			if (name == null) {
				continue;
			}
			String parent = open.isEmpty() ? "" : open.element().name();
			if (!tag.group(1).isEmpty()) {
				if (!parent.equals(name)) {
					return new Fault(tag.start(), "</" + name + "> closes nothing"
							+ (parent.isEmpty() ? "" : ": <" + parent + "> is still open"));
				}
				open.pop();
				continue;
			}
			String reason = reason(name, parent);
			if (reason != null) {
				return new Fault(tag.start(), reason);
			}
			body |= name.equals("mj-body") && parent.equals("mjml");
			if (tag.group(4).isEmpty()) {
				open.push(new Open(name, tag.start()));
			}
		}
		if (!open.isEmpty()) {
			return new Fault(open.element().offset(), "<" + open.element().name() + "> is never closed");
		}
		return body ? null : new Fault(0, "there is no <mjml> with an <mj-body> in it, so there is no mail");
	}

	private static @Nullable String reason(String name, String parent) {
		if (CHILDREN.getOrDefault(parent, Set.of()).contains(name)) {
			return null;
		}
		if (name.equals("mj-include")) {
			return "<mj-include> is turned off, it reads any file; use <#include> or <#import>";
		}
		boolean known = CHILDREN.containsKey(name)
				|| CHILDREN.values().stream().anyMatch((names) -> names.contains(name));
		return !known ? "there is no <" + name + "> in MJML, so it would be left out"
				: parent.isEmpty() ? "<" + name + "> stands outside <mjml>"
						: "<" + name + "> cannot stand in <" + parent + ">, so it would be left out or break the mail";
	}

	private static Set<String> words(String words) {
		return Set.of(words.split(" "));
	}

	/**
	 * Something wrong.
	 *
	 * @param offset where it begins
	 * @param reason what is wrong
	 */
	record Fault(int offset, String reason) {
	}

	private record Open(String name, int offset) {
	}

}
