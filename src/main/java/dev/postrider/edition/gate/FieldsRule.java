package dev.postrider.edition.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.postrider.edition.GateFinding;
import dev.postrider.mail.ReaderField;
import dev.postrider.newsletter.Attribute;
import dev.postrider.newsletter.Newsletters;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * No field is left that nothing fills in: neither one of ours by a wrong name, nor one of
 * another system that came in with somebody's words.
 */
@Component
class FieldsRule implements GateRule {

	/** What was meant for us and is not known, as a template or an editor writes it. */
	private static final Pattern OURS = Pattern.compile("\\$\\{\\s*reader\\.[^}\\s]*\\s*}|\\{\\{\\s*reader\\.[^}]*}}");

	/** What other systems fill in. */
	private static final Pattern OTHERS = Pattern
		.compile("\\$\\{[^}\\n]{1,60}}|\\{\\{[^}\\n]{1,60}}}|\\*\\|[A-Z0-9_:]+\\|\\*"
				+ "|%%[A-Za-z_]+%%|%(?:FIRSTNAME|LASTNAME|NAME|EMAIL)%|\\[(?:FIRSTNAME|FNAME|LNAME|EMAIL)]|<%=?[^%]{1,60}%>");

	private final LongFunction<List<Attribute>> attributes;

	@Autowired
	FieldsRule(Newsletters newsletters) {
		this(newsletters::attributes);
	}

	/** Knows of a newsletter's attributes by its key. */
	FieldsRule(LongFunction<List<Attribute>> attributes) {
		this.attributes = attributes;
	}

	@Override
	public String name() {
		return "fields";
	}

	@Override
	public List<GateFinding> check(GateLetter letter) {
		List<GateFinding> findings = new ArrayList<>();
		Set<String> known = Stream
			.concat(ReaderField.BUILT_IN.stream().map(ReaderField::key),
					this.attributes.apply(letter.newsletter().id()).stream().map(Attribute::name))
			.collect(Collectors.toSet());
		for (String field : letter.fields()) {
			if (!known.contains(field)) {
				findings
					.add(GateFinding.error(name(),
							"Readers have no such field. Declare it, or use one of "
									+ known.stream().sorted().collect(Collectors.joining(", ")) + ".",
							"reader." + field));
			}
		}
		String hrefs = letter.html()
			.select("[href], [src]")
			.stream()
			.flatMap((element) -> Stream.of(element.attr("href"), element.attr("src")))
			.collect(Collectors.joining("\n"));
		look(letter.letter().subject(), "The subject", findings);
		look(letter.words(), "The HTML part", findings);
		look(hrefs, "An address in the HTML part", findings);
		look(letter.letter().text(), "The text part", findings);
		return findings.stream().distinct().toList();
	}

	private void look(String text, String where, List<GateFinding> findings) {
		Matcher ours = OURS.matcher(text);
		while (ours.find()) {
			findings.add(GateFinding.error(name(),
					"It would reach readers as it stands: there is no such field, or these words are not a template's.",
					where + ", " + ours.group()));
		}
		Matcher others = OTHERS.matcher(OURS.matcher(text).replaceAll(""));
		while (others.find()) {
			findings.add(GateFinding.warning(name(),
					"It looks like a field, and nothing fills it in: readers would see it as it stands.",
					where + ", " + others.group()));
		}
	}

}
