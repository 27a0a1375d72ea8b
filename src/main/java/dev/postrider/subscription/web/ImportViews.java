package dev.postrider.subscription.web;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.postrider.newsletter.Attribute;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.batch.Imports;
import dev.postrider.subscription.batch.StoredImport;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Files of readers in the words of people.
 */
@Component
class ImportViews {

	private static final Map<String, String> LABELS = Map.of("email", "Email address", "name", "Name", "days", "Days",
			"topics", "Topics", "status", "Status");

	private static final Map<String, String> HINTS = Map.of("days", "MON, WED, FRI or the days’ names; empty: all",
			"topics", "separated by ; or |; empty: all", "status",
			"ACTIVE or empty, UNSUBSCRIBED, SUPPRESSED, BOUNCED, COMPLAINED");

	private final Imports imports;

	private final Newsletters newsletters;

	ImportViews(Imports imports, Newsletters newsletters) {
		this.imports = imports;
		this.newsletters = newsletters;
	}

	FileView of(StoredImport file) {
		Optional<Newsletter> newsletter = this.newsletters.find(file.newsletterId());
		ZoneId zone = newsletter.map(Newsletter::zone).orElse(ZoneOffset.UTC);
		boolean running = this.imports.isRunning(file);
		return new FileView(file.id(), title(file), newsletter.map(Newsletter::name).orElse("a newsletter"),
				file.requestedBy(), When.of(file.createdAt(), zone), rows(file.rows(), ""), state(file, running),
				running, !file.isTakenIn() && !running, file.isUnderWay() && !running && !file.dry(),
				file.consentSource(), (file.rejected() > 0) ? rows(file.rejected(), "rejected ") : null, percent(file),
				file.runId(), sentence(file, running));
	}

	/** What columns may hold, and which one is taken for it. */
	List<FieldView> fields(StoredImport file) {
		Map<String, String> attributes = new HashMap<>();
		this.newsletters.attributes(file.newsletterId())
			.forEach((Attribute attribute) -> attributes.put(attribute.name(), attribute.label()));
		return this.imports.fields(file.newsletterId())
			.stream()
			.map((name) -> new FieldView(name, LABELS.getOrDefault(name, attributes.getOrDefault(name, name)),
					HINTS.getOrDefault(name, ""), file.columns().getOrDefault(name, -1)))
			.toList();
	}

	private static String title(StoredImport file) {
		String name = file.fileName();
		return (name != null && !name.isBlank()) ? name : "File " + file.id();
	}

	private static State state(StoredImport file, boolean running) {
		if (file.isTakenIn()) {
			return new State("Taken in", "good");
		}
		if (running) {
			return new State(file.dry() ? "Being checked" : "Being taken in", "busy");
		}
		if (file.isUnderWay()) {
			return new State("Stopped", "warn");
		}
		return file.isChecked() ? new State("Checked", "") : new State("Waits for you", "");
	}

	private static String sentence(StoredImport file, boolean running) {
		String taken = rows(file.taken(), "");
		String rejected = number(file.rejected());
		String done = number((long) file.taken() + file.rejected()) + " of " + rows(file.rows(), "");
		if (running) {
			return done + ", " + rejected + " rejected";
		}
		if (file.isTakenIn()) {
			return taken + " taken in, " + rejected + " rejected";
		}
		if (file.isChecked()) {
			return taken + " would be taken in, " + rejected + " rejected; nothing is changed yet";
		}
		return file.isUnderWay() ? "It stopped after " + done : "Nothing is changed yet";
	}

	private static int percent(StoredImport file) {
		return (file.rows() > 0) ? (int) (100L * (file.taken() + (long) file.rejected()) / file.rows()) : 100;
	}

	private static String rows(long number, String which) {
		return number(number) + " " + which + ((number == 1) ? "row" : "rows");
	}

	private static String number(long number) {
		return String.format(Locale.UK, "%,d", number);
	}

	/**
	 * A file as pages show it.
	 *
	 * @param id its key
	 * @param title what it is called
	 * @param newsletter what its readers are subscribed to
	 * @param by who handed it in
	 * @param at when
	 * @param rows how many
	 * @param state where it stands
	 * @param running whether a run works on it
	 * @param open whether it can still be taken in
	 * @param partly whether a run that takes it in has stopped
	 * @param source where and how its readers agreed
	 * @param rejected how many rows, if any
	 * @param percent how much is done
	 * @param runId the last run
	 * @param sentence all that in words
	 */
	public record FileView(long id, String title, String newsletter, String by, When at, String rows, State state,
			boolean running, boolean open, boolean partly, @Nullable String source, @Nullable String rejected,
			int percent, @Nullable Long runId, String sentence) {
	}

	/**
	 * Something that a column may hold.
	 *
	 * @param name of it
	 * @param label what it is called
	 * @param hint how it is written
	 * @param column which one holds it, from 0; -1: none
	 */
	public record FieldView(String name, String label, String hint, int column) {
	}

	/**
	 * Where a file stands.
	 *
	 * @param word what it is called
	 * @param tone good, busy, warn or nothing
	 */
	public record State(String word, String tone) {
	}

	/**
	 * A moment in the newsletter's zone.
	 *
	 * @param text such as {@code Mon 23 November, 07:00}
	 * @param iso exact
	 * @param zone its name
	 */
	public record When(String text, String iso, String zone) {

		private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMMM, HH:mm", Locale.UK);

		static When of(Instant moment, ZoneId zone) {
			return new When(DAY.withZone(zone).format(moment), moment.toString(), zone.getId());
		}

	}

}
