package dev.postrider.subscription.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.postrider.mail.Designs;
import dev.postrider.mail.MailWords;
import dev.postrider.mail.Writing;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.subscription.list.Look;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The languages and designs that a reader can choose for a newsletter's mail.
 */
@Component
class LookOptions {

	private final Designs designs;

	private final MailWords words;

	LookOptions(Designs designs, MailWords words) {
		this.designs = designs;
		this.words = words;
	}

	/** Each by its own name; the newsletter's own first, which is no choice. */
	List<Option> languages(Newsletter newsletter, Look look) {
		return options(newsletter.language(), this.words.languages(), look.language(), (tag) -> {
			Locale language = Locale.forLanguageTag(tag);
			String name = language.getDisplayName(language);
			return name.substring(0, 1).toUpperCase(language) + name.substring(1);
		});
	}

	/** Each by its folder's name, in words. */
	List<Option> designs(Newsletter newsletter, Look look) {
		return options(newsletter.design(), ours(), look.design(), (name) -> {
			String words = name.replace('-', ' ');
			return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
		});
	}

	/**
	 * Reads what was chosen.
	 * @param writing in which what is wrong is said
	 * @param errors gets what is wrong, by field
	 */
	Look read(@Nullable String language, @Nullable String design, Writing writing, Map<String, String> errors) {
		return new Look(known(language, this.words.languages(), "language", writing.say("wrongLanguage"), errors),
				known(design, ours(), "design", writing.say("wrongDesign"), errors));
	}

	/** A design of the newsroom's may be made for one newsletter alone. */
	private List<String> ours() {
		List<String> own = this.designs.own();
		return this.designs.all().stream().filter((name) -> !own.contains(name)).toList();
	}

	private static @Nullable String known(@Nullable String value, Collection<String> all, String field, String wrong,
			Map<String, String> errors) {
		if (value == null || value.isBlank()) {
			return null;
		}
		if (!all.contains(value)) {
			errors.put(field, wrong);
			return null;
		}
		return value;
	}

	private static List<Option> options(String own, Collection<String> all, @Nullable String chosen,
			UnaryOperator<String> name) {
		List<Option> options = new ArrayList<>();
		options.add(new Option("", name.apply(own), chosen == null));
		all.stream()
			.filter((value) -> !value.equals(own))
			.forEach((value) -> options.add(new Option(value, name.apply(value), value.equals(chosen))));
		return options;
	}

	/**
	 * One that can be chosen.
	 *
	 * @param value what the form sends; empty: as the newsletter is
	 * @param name for people
	 * @param chosen whether the reader has chosen it
	 */
	public record Option(String value, String name, boolean chosen) {
	}

}
