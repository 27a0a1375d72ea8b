package dev.postrider.mail.template;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.postrider.mail.template.MjmlCheck.Fault;
import org.jspecify.annotations.Nullable;

/**
 * Whether the tokens of readers' fields came through a template unchanged.
 */
final class Tokens {

	private static final Pattern TOKEN = Pattern.compile("\\uE000([^\\uE000\\uE001]*)\\uE001|[\\uE000\\uE001]");

	private Tokens() {
	}

	static @Nullable Fault fault(String written, Map<String, ?> model) {
		Set<?> fields = (model.get("reader") instanceof Map<?, ?> reader) ? reader.keySet() : Set.of();
		Matcher token = TOKEN.matcher(written);
		while (token.find()) {
			if (token.group(1) == null || !fields.contains(token.group(1))) {
				return new Fault(token.start(), FieldModel.misuse("A reader's field"));
			}
		}
		return null;
	}

}
