package dev.postrider.mail.template;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.postrider.mail.TemplateException;
import freemarker.core.TemplateElement;
import freemarker.template.Template;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what no setting of FreeMarker turns off. It reads what the parser understood,
 * not what was typed, so spaces and comments hide nothing; plain text is not looked at.
 */
@SuppressWarnings("deprecation") // The parsed tree has no other door.
final class TemplateGuard {

	private static final String NO_JAVA = "a template can neither make Java objects nor look into them";

	private static final String NO_CODE = "a template cannot run text as template code";

	private static final String NO_PAD = "it can fill all memory with blanks; use spaces of your own";

	private static final Map<String, String> REFUSED = Map.ofEntries(Map.entry("new", NO_JAVA),
			Map.entry("api", NO_JAVA), Map.entry("has_api", NO_JAVA), Map.entry("hasApi", NO_JAVA),
			Map.entry("eval", NO_CODE), Map.entry("eval_json", NO_CODE), Map.entry("evalJson", NO_CODE),
			Map.entry("interpret", NO_CODE), Map.entry("left_pad", NO_PAD), Map.entry("leftPad", NO_PAD),
			Map.entry("right_pad", NO_PAD), Map.entry("rightPad", NO_PAD),
			Map.entry("matches", "a regular expression can run for ever; use ?contains, ?starts_with or ?ends_with"));

	private static final Pattern BUILT_IN = Pattern.compile("[?]\\s*(" + String.join("|", REFUSED.keySet()) + ")\\b");

	private static final Pattern REGEX = Pattern
		.compile("[?](?:replace[(][^()]*,[^()]*,|split[(][^()]*,)\\s*[\"'][a-z]*r[a-z]*[\"'][)]");

	private static final Pattern ASKED = Pattern.compile(
			"\\breader(?:[.](\\w+)|[\\[][\"'](\\w+)[\"'][\\]])[)]?\\s*(?:[?][?]|!(?!=)|[?](?:exists|if_exists|default)\\b)");

	private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'");

	/** Part of a list or a text, from here to there, which makes nothing. */
	private static final Pattern SLICE = Pattern.compile("(?<=[\\w\\])])\\[[^\\[\\]]*[.][.][^\\[\\]]*\\]");

	private TemplateGuard() {
	}

	static void check(Template template, String file) {
		check(template.getRootTreeNode(), file);
	}

	private static void check(TemplateElement element, String file) {
		String type = element.getNodeName();
		if (!type.equals("TextBlock") && !type.equals("Comment")) {
			String reason = reason(element.isLeaf() ? element.getCanonicalForm() : element.getDescription());
			if (reason != null) {
				throw new TemplateException(file, element.getBeginLine(), reason, null);
			}
		}
		for (int i = 0; i < element.getChildCount(); i++) {
			if (element.getChildAt(i) instanceof TemplateElement child) {
				check(child, file);
			}
		}
	}

	private static @Nullable String reason(String code) {
		Matcher builtIn = BUILT_IN.matcher(code);
		if (builtIn.find()) {
			return "?" + builtIn.group(1) + " is turned off: " + REFUSED.get(builtIn.group(1));
		}
		String noTexts = TEXT.matcher(code)
			.replaceAll((text) -> text.group().matches(".[a-z]{0,6}.") ? text.group() : "\"\"");
		if (REGEX.matcher(noTexts).find()) {
			return "regular expressions (flag \"r\") are turned off: one can run for ever";
		}
		Matcher asked = ASKED.matcher(code);
		if (asked.find()) {
			return FieldModel.misuse("reader." + ((asked.group(1) != null) ? asked.group(1) : asked.group(2)));
		}
		return rangeReason(SLICE.matcher(TEXT.matcher(code).replaceAll("\"\"")).replaceAll(""));
	}

	/** A range is fine where a list walks it, one by one and under the clock. */
	private static @Nullable String rangeReason(String code) {
		if (!code.contains("..") || (code.startsWith("<#list ") || code.startsWith("#list ")) && !code.contains(")?")) {
			return null;
		}
		return "a range of numbers can be walked by <#list 1..9 as i> or cut a piece out, text[0..9], and nothing else";
	}

}
