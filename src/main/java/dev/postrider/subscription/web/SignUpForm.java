package dev.postrider.subscription.web;

import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.postrider.mail.Writing;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.subscription.list.AddressGate;
import dev.postrider.subscription.list.Choice;
import dev.postrider.subscription.list.Days;
import dev.postrider.subscription.list.EmailAddress;
import dev.postrider.subscription.list.RefusedAddressException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.MultiValueMap;

/**
 * A sign-up as it was typed.
 *
 * @param email the address
 * @param name the reader's name, may be blank
 * @param days codes such as {@code MON}; none: all
 * @param topics none: all
 * @param consent whether the box is ticked
 * @param website a trap: people do not see this field, and programs fill it in
 * @param asked the address that the reader was asked about, whether it is a slip
 * @param solution of the work that a browser may have to do
 */
public record SignUpForm(String email, String name, List<String> days, List<String> topics, boolean consent,
		String website, String asked, ProofOfWork.Solution solution) {

	private static final int LONGEST_NAME = 120;

	private static final int MOST_TOPICS = 20;

	private static final int LONGEST_TOPIC = 40;

	/** The form before anything is typed: every day ticked, the consent not. */
	static SignUpForm blank(Newsletter newsletter) {
		return new SignUpForm("", "", newsletter.days().stream().map(Days::code).toList(), List.of(), false, "", "",
				ProofOfWork.Solution.NONE);
	}

	/** The button that takes the suggestion sends the address suggested. */
	static SignUpForm of(MultiValueMap<String, String> fields) {
		String meant = text(fields, "meant");
		return new SignUpForm(meant.isEmpty() ? text(fields, "email") : meant, text(fields, "name"),
				fields.getOrDefault("days", List.of()), fields.getOrDefault("topics", List.of()),
				"true".equals(fields.getFirst("consent")), text(fields, "website"), text(fields, "asked"),
				ProofOfWork.Solution.of(fields.getFirst("proofToken"), fields.getFirst("proofNumber")));
	}

	/** Whether a program filled it in. */
	boolean trapped() {
		return !this.website.isBlank();
	}

	/**
	 * Reads what was typed.
	 * @param offered the topics that can be chosen; empty: any
	 * @param writing in which what is wrong is said
	 */
	Checked check(Newsletter newsletter, List<String> offered, Writing writing) {
		Map<String, String> errors = new LinkedHashMap<>();
		EmailAddress address = null;
		try {
			address = AddressGate.admit(this.email);
		}
		catch (RefusedAddressException ex) {
			errors.put("email", ex.in(writing));
		}
		if (this.name.length() > LONGEST_NAME) {
			errors.put("name", writing.tell("wrongName.long", LONGEST_NAME));
		}
		else if (this.name.chars().anyMatch(Character::isISOControl)) {
			errors.put("name", writing.tell("wrongName.lines"));
		}
		Set<DayOfWeek> days = days(this.days, newsletter, writing, errors);
		List<String> topics = topics(this.topics, offered, writing, errors);
		if (!this.consent) {
			errors.put("consent", writing.tell("noConsent"));
		}
		return new Checked(errors, address, this.name.isBlank() ? null : this.name, new Choice(days, topics));
	}

	static Set<DayOfWeek> days(List<String> codes, Newsletter newsletter, Writing writing, Map<String, String> errors) {
		Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
		for (String code : codes) {
			Optional<DayOfWeek> day = Days.parse(code).filter(newsletter.days()::contains);
			day.ifPresentOrElse(days::add, () -> errors.put("days",
					writing.tell("wrongDays", newsletter.name(), writing.days(newsletter.days()))));
		}
		return days;
	}

	static List<String> topics(List<String> typed, List<String> offered, Writing writing, Map<String, String> errors) {
		Set<String> topics = new LinkedHashSet<>();
		for (String topic : typed) {
			String wanted = topic.strip();
			boolean fits = offered.isEmpty() ? wanted.matches("[\\p{L}\\p{N}&' /.-]{1," + LONGEST_TOPIC + "}")
					: offered.contains(wanted);
			if (!fits) {
				errors.put("topics", writing.tell("wrongTopic"));
			}
			topics.add(wanted);
		}
		if (topics.size() > MOST_TOPICS) {
			errors.put("topics", writing.tell("tooManyTopics", MOST_TOPICS));
		}
		return List.copyOf(topics);
	}

	/**
	 * Without spaces at the ends, which telephones add; anything else is judged as typed.
	 */
	private static String text(MultiValueMap<String, String> fields, String name) {
		String value = fields.getFirst(name);
		return (value != null) ? trim(value) : "";
	}

	static String trim(String value) {
		return value.replaceAll("^ +| +$", "");
	}

	/**
	 * What a form came to.
	 *
	 * @param errors by field, for the reader; empty when all is well
	 * @param address the address, if there is one
	 * @param name the name, if given
	 * @param choice days and topics
	 */
	record Checked(Map<String, String> errors, @Nullable EmailAddress address, @Nullable String name, Choice choice) {
	}

}
