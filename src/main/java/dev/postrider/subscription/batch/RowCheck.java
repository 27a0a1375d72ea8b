package dev.postrider.subscription.batch;

import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.subscription.list.AddressGate;
import dev.postrider.subscription.list.Choice;
import dev.postrider.subscription.list.Days;
import dev.postrider.subscription.list.EmailAddress;
import dev.postrider.subscription.list.RefusedAddressException;
import dev.postrider.subscription.list.StoredAttributes;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a row without knowing any reader.
 */
final class RowCheck {

	private static final int LONGEST_NAME = 120;

	private static final int LONGEST_TOPIC = 40;

	private static final int MOST_TOPICS = 20;

	private static final Pattern BETWEEN_DAYS = Pattern.compile("[\\s,;|]+");

	private static final Pattern BETWEEN_ADDRESSES = Pattern.compile("[\\s<>,;:|\"'()\\[\\]]+");

	private static final Pattern BETWEEN_TOPICS = Pattern.compile("\\s*[;|]\\s*");

	private final Newsletter newsletter;

	private final List<String> topics;

	private final Set<String> attributes;

	/**
	 * Checks rows of one file.
	 * @param newsletter what its readers are subscribed to
	 * @param topics the topics to choose from; none: any
	 * @param attributes those that the newsletter has
	 */
	RowCheck(Newsletter newsletter, List<String> topics, Set<String> attributes) {
		this.newsletter = newsletter;
		this.topics = topics;
		this.attributes = attributes;
	}

	Checked check(ImportRow row) {
		try {
			EmailAddress address = AddressGate.admit(row.email());
			if (row.name().length() > LONGEST_NAME || row.name().chars().anyMatch(Character::isISOControl)) {
				return new Wrong(row, address,
						"name: longer than " + LONGEST_NAME + " characters, or with line breaks");
			}
			Status status = Status.of(row.status());
			if (status == null) {
				return new Wrong(row, address,
						"status: must be ACTIVE, UNSUBSCRIBED, SUPPRESSED, BOUNCED or COMPLAINED; readers who have "
								+ "not verified their address sign up by the form");
			}
			return (status == Status.ACTIVE) ? choice(row, address)
					: new Right(row, address, name(row), status, Choice.ALL);
		}
		catch (RefusedAddressException ex) {
			return new Wrong(row, within(row.email()), "email: " + ex.getMessage());
		}
	}

	/** The first address in a text, such as {@code Jane <jane@example.org>}. */
	static @Nullable EmailAddress within(String text) {
		for (String part : BETWEEN_ADDRESSES.split(text)) {
			try {
				return AddressGate.admit(part);
			}
			catch (RefusedAddressException ex) {
				// Not one that could be a subscriber's.
			}
		}
		return null;
	}

	private Checked choice(ImportRow row, EmailAddress address) {
		Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
		for (String day : split(row.days(), BETWEEN_DAYS)) {
			Optional<DayOfWeek> parsed = Days.parse(day).filter(this.newsletter.days()::contains);
			if (parsed.isEmpty()) {
				return new Wrong(row, address,
						"days: " + this.newsletter.name() + " comes out on " + Days.sentence(this.newsletter.days()));
			}
			days.add(parsed.get());
		}
		Set<String> chosen = new LinkedHashSet<>(split(row.topics(), BETWEEN_TOPICS));
		if (chosen.stream().anyMatch((it) -> it.contains(",") || it.length() > LONGEST_TOPIC)
				|| chosen.size() > MOST_TOPICS) {
			return new Wrong(row, address, "topics: at most " + MOST_TOPICS + " of at most " + LONGEST_TOPIC
					+ " characters, separated by ; or |");
		}
		if (!this.topics.isEmpty() && !this.topics.containsAll(chosen)) {
			return new Wrong(row, address, "topics: choose among " + String.join(", ", this.topics));
		}
		return StoredAttributes.whyNot(this.attributes, row.attributes())
			.<Checked>map((reason) -> new Wrong(row, address, reason))
			.orElseGet(() -> new Right(row, address, name(row), Status.ACTIVE, new Choice(days, List.copyOf(chosen))));
	}

	private static @Nullable String name(ImportRow row) {
		return row.name().isEmpty() ? null : row.name();
	}

	private static List<String> split(String text, Pattern separator) {
		return text.isEmpty() ? List.of() : Arrays.stream(separator.split(text)).filter((it) -> !it.isBlank()).toList();
	}

	/** What a row says of a reader. */
	enum Status {

		ACTIVE, UNSUBSCRIBED, SUPPRESSED, BOUNCED, COMPLAINED;

		static @Nullable Status of(String text) {
			if (text.isEmpty()) {
				return ACTIVE;
			}
			String wanted = text.toUpperCase(Locale.ROOT);
			return Arrays.stream(values()).filter((it) -> it.name().equals(wanted)).findFirst().orElse(null);
		}

	}

	/** A row and what came of it. */
	sealed interface Checked {

		ImportRow row();

		/** Whom it is about, if it has any address. */
		@Nullable EmailAddress address();

	}

	/**
	 * One that is not taken in.
	 *
	 * @param row the row
	 * @param address whom it is about, if it has any address
	 * @param reason what is wrong; beginning with the column where it is wrong in itself
	 */
	record Wrong(ImportRow row, @Nullable EmailAddress address, String reason) implements Checked {

		/** The same without what it says of a person. */
		Wrong withoutPerson() {
			return new Wrong(this.row.withoutPerson(), null, this.reason);
		}

	}

	/**
	 * One that is right in itself.
	 *
	 * @param row the row
	 * @param address whom it is about
	 * @param name what the reader is called
	 * @param status what it says of the reader
	 * @param choice what the reader wants
	 */
	record Right(ImportRow row, EmailAddress address, @Nullable String name, Status status,
			Choice choice) implements Checked {
	}

}
