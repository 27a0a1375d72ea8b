package dev.postrider.subscription.batch;

import java.time.Clock;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.Suppressions.Reason;
import dev.postrider.subscription.list.AddressGate;
import dev.postrider.subscription.list.Choice;
import dev.postrider.subscription.list.Days;
import dev.postrider.subscription.list.EmailAddress;
import dev.postrider.subscription.list.ImportedReaders;
import dev.postrider.subscription.list.RefusedAddressException;
import dev.postrider.subscription.list.StoredAttributes;
import dev.postrider.subscription.list.SubscriptionSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes rows of a stored file in, a portion at a time.
 */
@Component
class ImportWork {

	private static final int PORTION = 100;

	private static final int LONGEST_NAME = 120;

	/** Characters of rejected_because. */
	private static final int LONGEST_REASON = 400;

	private final JdbcClient jdbc;

	private final Newsletters newsletters;

	private final ImportedReaders readers;

	private final StoredAttributes attributes;

	private final SubscriptionSettings settings;

	private final Clock clock;

	ImportWork(JdbcClient jdbc, Newsletters newsletters, ImportedReaders readers, StoredAttributes attributes,
			SubscriptionSettings settings, Clock clock) {
		this.jdbc = jdbc;
		this.newsletters = newsletters;
		this.readers = readers;
		this.attributes = attributes;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Does the next rows of a file; a row is deleted when done and kept with the reason
	 * when rejected. By primary key.
	 */
	@Transactional
	Portion next(long importId) {
		List<ImportRow> rows = this.jdbc
			.sql("""
					SELECT * FROM subscriber_import_row WHERE import_id = ? AND rejected_because IS NULL ORDER BY line LIMIT ?
					""")
			.params(importId, PORTION)
			.query(ImportRow::of)
			.list();
		if (rows.isEmpty()) {
			return new Portion(0, 0);
		}
		Newsletter newsletter = this.newsletters
			.find(this.jdbc.sql("SELECT newsletter_id FROM subscriber_import WHERE id = ?")
				.param(importId)
				.query(Long.class)
				.single())
			.orElseThrow();
		int rejected = 0;
		for (ImportRow row : rows) {
			Optional<String> reason = take(row, newsletter);
			reason.ifPresentOrElse(
					(why) -> this.jdbc
						.sql("UPDATE subscriber_import_row SET rejected_because = ? WHERE import_id = ? AND line = ?")
						.params(cut(why), importId, row.line())
						.update(),
					() -> this.jdbc.sql("DELETE FROM subscriber_import_row WHERE import_id = ? AND line = ?")
						.params(importId, row.line())
						.update());
			rejected += reason.isPresent() ? 1 : 0;
		}
		return new Portion(rows.size(), rejected);
	}

	/** Forgets files whose rejected rows nobody needs any more. */
	@Scheduled(initialDelay = 3, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
	void purge() {
		this.jdbc.sql("DELETE FROM subscriber_import WHERE created_at < ?")
			.param(this.clock.instant().minus(this.settings.rejectedRowsKeptFor()))
			.update();
	}

	private Optional<String> take(ImportRow row, Newsletter newsletter) {
		try {
			EmailAddress address = AddressGate.admit(row.email());
			if (row.name().length() > LONGEST_NAME || row.name().chars().anyMatch(Character::isISOControl)) {
				return Optional.of("name: longer than " + LONGEST_NAME + " characters, or with line breaks");
			}
			String name = row.name().isEmpty() ? null : row.name();
			return take(row, address, name, newsletter);
		}
		catch (RefusedAddressException ex) {
			return Optional.of("email: " + ex.getMessage());
		}
	}

	private Optional<String> take(ImportRow row, EmailAddress address, @Nullable String name, Newsletter newsletter) {
		switch (row.status().toUpperCase(Locale.ROOT)) {
			case "", "ACTIVE":
				return subscribe(row, address, name, newsletter);
			case "UNSUBSCRIBED":
				return this.readers.noteLeft(address, name, newsletter);
			case "SUPPRESSED":
				this.readers.suppress(address, Reason.MANUAL);
				return Optional.empty();
			case "BOUNCED":
				this.readers.suppress(address, Reason.HARD_BOUNCE);
				return Optional.empty();
			case "COMPLAINED":
				this.readers.suppress(address, Reason.COMPLAINT);
				return Optional.empty();
			default:
				return Optional
					.of("status: must be ACTIVE, UNSUBSCRIBED, SUPPRESSED, BOUNCED or COMPLAINED; readers who have "
							+ "not verified their address sign up by the form");
		}
	}

	private Optional<String> subscribe(ImportRow row, EmailAddress address, @Nullable String name,
			Newsletter newsletter) {
		Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
		for (String day : split(row.days(), "[\\s,;|]+")) {
			Optional<DayOfWeek> parsed = Days.parse(day).filter(newsletter.days()::contains);
			if (parsed.isEmpty()) {
				return Optional.of("days: " + newsletter.name() + " comes out on " + Days.sentence(newsletter.days()));
			}
			days.add(parsed.get());
		}
		Set<String> topics = new LinkedHashSet<>(split(row.topics(), "\\s*[;|]\\s*"));
		List<String> offered = this.settings.topics();
		if (topics.stream().anyMatch((it) -> it.contains(",") || it.length() > 40) || topics.size() > 20) {
			return Optional.of("topics: at most 20 of at most 40 characters, separated by ; or |");
		}
		if (!offered.isEmpty() && !offered.containsAll(topics)) {
			return Optional.of("topics: choose among " + String.join(", ", offered));
		}
		Optional<String> wrong = this.attributes.whyNot(newsletter.id(), row.attributes());
		if (wrong.isPresent()) {
			return wrong;
		}
		Optional<String> refused = this.readers.subscribe(address, name, newsletter,
				new Choice(days, List.copyOf(topics)));
		if (refused.isEmpty()) {
			this.attributes.set(address, newsletter.id(), row.attributes());
		}
		return refused;
	}

	/** A reason may list all that there is to choose from; its column has an end. */
	private static String cut(String why) {
		return (why.codePointCount(0, why.length()) <= LONGEST_REASON) ? why
				: why.substring(0, why.offsetByCodePoints(0, LONGEST_REASON - 1)) + "…";
	}

	private static List<String> split(String text, String separator) {
		return Arrays.stream(text.split(separator)).filter((it) -> !it.isBlank()).toList();
	}

	/**
	 * What was done.
	 *
	 * @param rows how many
	 * @param rejected how many of these were not taken in
	 */
	record Portion(int rows, int rejected) {
	}

}
