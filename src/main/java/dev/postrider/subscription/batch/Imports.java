package dev.postrider.subscription.batch;

import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.run.RunLauncher;
import dev.postrider.run.RunRefusedException;
import dev.postrider.subscription.list.StoredAttributes;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Receives files of readers and starts the runs that look at them or take them in.
 */
@Component
public class Imports {

	/** Characters that may say where and how readers agreed. */
	public static final int LONGEST_SOURCE = 900;

	private static final int LONGEST_NAME = 200;

	private final StoredImports imports;

	private final Reception reception;

	private final RunLauncher launcher;

	private final StoredAttributes attributes;

	private final Clock clock;

	Imports(StoredImports imports, Reception reception, RunLauncher launcher, StoredAttributes attributes,
			Clock clock) {
		this.imports = imports;
		this.reception = reception;
		this.launcher = launcher;
		this.attributes = attributes;
		this.clock = clock;
	}

	/**
	 * Stores a file and starts a run over it.
	 * @param newsletter what its readers are subscribed to
	 * @param file UTF-8; its first line names the columns
	 * @param wish how to take it
	 * @param actor who hands it in
	 * @return the run and the number of rows
	 * @throws ImportException when the file as a whole is wrong; nothing of it is kept
	 * @throws RunRefusedException when no run can start now; nothing of it is kept
	 */
	public Started start(Newsletter newsletter, InputStream file, Wish wish, String actor) throws ImportException {
		Columns columns = wish.columns().isEmpty() ? Columns.byNames() : Columns.named(wish.columns());
		StoredImport stored = store(newsletter, file, columns, null, wish.source(), actor);
		boolean started = false;
		try {
			long run = start(stored, wish.dry(), actor);
			started = true;
			return new Started(run, stored.rows());
		}
		finally {
			if (!started) {
				this.imports.delete(stored.id());
			}
		}
	}

	/**
	 * Stores a file, for a person to say what its columns hold.
	 * @param newsletter what its readers are subscribed to
	 * @param file UTF-8; its first line names the columns
	 * @param name what it is called
	 * @param source where and how its readers agreed
	 * @param actor who hands it in
	 * @throws ImportException when the file as a whole is wrong; nothing of it is kept
	 */
	public StoredImport receive(Newsletter newsletter, InputStream file, @Nullable String name, String source,
			String actor) throws ImportException {
		StoredImport stored = store(newsletter, file, Columns.guessed(), name, source, actor);
		if (stored.rows() == 0) {
			this.imports.delete(stored.id());
			throw new ImportException("The file has no rows below its first line.");
		}
		return stored;
	}

	private StoredImport store(Newsletter newsletter, InputStream file, Columns columns, @Nullable String name,
			@Nullable String source, String actor) throws ImportException {
		long id = this.imports.create(newsletter.id(), cut(name), checked(source), actor, this.clock.instant());
		boolean received = false;
		try {
			this.reception.receive(id, file, columns, fields(newsletter.id()));
			received = true;
			return this.imports.find(id).orElseThrow();
		}
		finally {
			if (!received) {
				this.imports.delete(id);
			}
		}
	}

	/**
	 * Says what the columns of a file hold; before it is taken in.
	 * @param columns which column, from 0, by field
	 * @param source where and how its readers agreed
	 * @throws ImportException when no column holds addresses, or it is too late
	 */
	public void use(StoredImport file, Map<String, Integer> columns, String source) throws ImportException {
		if (!columns.containsKey("email")) {
			throw new ImportException(Columns.NO_EMAIL);
		}
		if (!fields(file.newsletterId()).containsAll(columns.keySet())
				|| columns.values().stream().anyMatch((index) -> index < 0 || index >= file.header().size())) {
			throw new ImportException("The file has no such column; open the page anew.");
		}
		if (isRunning(file) || (file.pass() > 0 && !file.dry())) {
			throw new ImportException("It is being worked on already.");
		}
		this.imports.use(file.id(), columns, checked(source));
	}

	/**
	 * Starts a run over a stored file, or continues the one that takes it in.
	 * @param dry whether it only tells what would happen
	 * @return the run's id
	 * @throws ImportException when the file does not allow it
	 * @throws RunRefusedException when no run can start now
	 */
	public long start(StoredImport file, boolean dry, String actor) throws ImportException {
		if (file.isTakenIn()) {
			throw new ImportException("The file was taken in already; hand it in anew to do it again.");
		}
		if (isRunning(file)) {
			throw new ImportException("A run is working on the file; wait for its end, or stop it.");
		}
		if (!file.columns().containsKey("email")) {
			throw new ImportException(Columns.NO_EMAIL);
		}
		boolean partly = file.isUnderWay() && !file.dry();
		if (partly && dry) {
			throw new ImportException("Part of the file is taken in; go on with the rest of it.");
		}
		if (!partly && !this.imports.begin(file, dry)) {
			throw new ImportException("Somebody else has just started a run over the file.");
		}
		StoredImport begun = this.imports.find(file.id()).orElseThrow();
		long run = this.launcher.start(ImportJob.NAME, begun.identity(), actor);
		this.imports.runs(begun.id(), begun.pass(), run);
		return run;
	}

	/** Whether a run is working on it. */
	public boolean isRunning(StoredImport file) {
		return file.isUnderWay() && this.launcher.isRunning(ImportJob.NAME, file.identity());
	}

	/**
	 * Forgets a file and the rows that were rejected; who was taken in stays.
	 * @throws ImportException when a run is working on it
	 */
	public void delete(StoredImport file) throws ImportException {
		if (isRunning(file)) {
			throw new ImportException("A run is working on the file; stop it first.");
		}
		this.imports.delete(file.id());
	}

	/** What columns may hold: what readers choose, and a newsletter's attributes. */
	public List<String> fields(long newsletterId) {
		return Stream.concat(ImportRow.COLUMNS.stream(), this.attributes.names(newsletterId).stream()).toList();
	}

	/** The attributes alone. */
	public List<String> attributes(long newsletterId) {
		return this.attributes.names(newsletterId);
	}

	/**
	 * Whether a column of that name is no attribute's, whatever its letter case.
	 * @param name of a column
	 */
	public static boolean isReserved(String name) {
		return Stream.concat(ImportRow.COLUMNS.stream(), ImportRow.RESERVED.stream()).anyMatch(name::equalsIgnoreCase);
	}

	private static @Nullable String checked(@Nullable String source) throws ImportException {
		String text = (source != null) ? source.strip() : "";
		if (text.length() > LONGEST_SOURCE) {
			throw new ImportException(
					"Where and how the readers agreed: at most " + LONGEST_SOURCE + " characters, please.");
		}
		return text.isEmpty() ? null : text;
	}

	private static @Nullable String cut(@Nullable String name) {
		return (name != null && name.length() > LONGEST_NAME) ? name.substring(0, LONGEST_NAME) : name;
	}

	/**
	 * How a file is to be taken.
	 *
	 * @param dry whether only to tell what would happen
	 * @param columns names of columns by field; none: they bear the fields' names
	 * @param source where and how its readers agreed
	 */
	public record Wish(boolean dry, Map<String, String> columns, @Nullable String source) {
	}

	/**
	 * A run over a file.
	 *
	 * @param runId its id
	 * @param rows the rows of the file
	 */
	public record Started(long runId, int rows) {
	}

}
