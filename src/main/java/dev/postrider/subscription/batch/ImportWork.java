package dev.postrider.subscription.batch;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.subscription.Suppressions.Reason;
import dev.postrider.subscription.batch.RowCheck.Checked;
import dev.postrider.subscription.batch.RowCheck.Right;
import dev.postrider.subscription.batch.RowCheck.Status;
import dev.postrider.subscription.batch.RowCheck.Wrong;
import dev.postrider.subscription.list.ImportedReaders;
import dev.postrider.subscription.list.NewReaders;
import dev.postrider.subscription.list.NewReaders.NewReader;
import dev.postrider.subscription.list.StoredAttributes;
import dev.postrider.subscription.list.SubscriptionSettings;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes rows of a stored file in, a portion at a time. Readers whom nobody knows yet are
 * most of a file, and are added many at once; all others are looked at one by one, in the
 * file's order.
 */
@Component
class ImportWork {

	private final StoredImports imports;

	private final FileParts parts;

	private final Newsletters newsletters;

	private final NewReaders newReaders;

	private final ImportedReaders readers;

	private final StoredAttributes attributes;

	private final SubscriptionSettings settings;

	private final TransactionTemplate transaction;

	private final Clock clock;

	ImportWork(StoredImports imports, FileParts parts, Newsletters newsletters, NewReaders newReaders,
			ImportedReaders readers, StoredAttributes attributes, SubscriptionSettings settings,
			TransactionTemplate transaction, Clock clock) {
		this.imports = imports;
		this.parts = parts;
		this.newsletters = newsletters;
		this.newReaders = newReaders;
		this.readers = readers;
		this.attributes = attributes;
		this.settings = settings;
		this.transaction = transaction;
		this.clock = clock;
	}

	/**
	 * Begins or continues a pass over a file, where its last portion ended.
	 * @throws IllegalStateException when the file is gone, or another pass has begun
	 */
	ImportPass open(long importId, int pass) throws IOException, ImportException {
		StoredImport file = this.imports.find(importId)
			.filter((it) -> it.pass() == pass)
			.orElseThrow(() -> new IllegalStateException("Pass " + pass + " over file " + importId
					+ " is not the last one, or the file is not kept any more"));
		Newsletter newsletter = this.newsletters.find(file.newsletterId()).orElseThrow();
		return new ImportPass(file, newsletter, new ImportFile(this.parts.open(file), file.columns(), file.doneLine()));
	}

	/**
	 * Whether a pass has come to its end, whatever became of the run that was about it.
	 */
	boolean isThrough(long importId, int pass) {
		return this.imports.find(importId)
			.filter((it) -> it.pass() == pass && (it.isTakenIn() || it.isChecked()))
			.isPresent();
	}

	/**
	 * The next rows and what can be said of each by itself.
	 * @param most how many at most
	 * @return none at the end
	 */
	List<Checked> next(ImportPass pass, int most) throws IOException, ImportException {
		List<ImportRow> rows = pass.rows().next(most);
		RowCheck check = new RowCheck(pass.newsletter(), this.settings.topics(),
				rows.isEmpty() ? Set.of() : Set.copyOf(this.attributes.names(pass.newsletter().id())));
		return rows.stream().map(check::check).toList();
	}

	/**
	 * Does the next rows, and notes in the same transaction that they are done. A dry
	 * pass does them all the same, takes that back and keeps only what came of them; so
	 * it says what each row would do to the list as it stands, not what two rows of one
	 * reader do to each other across portions.
	 * @param from up to which line the rows before were done
	 * @param turn returns when those before are noted
	 * @return how many were rejected
	 */
	int take(ImportPass pass, int from, List<Checked> rows, Runnable turn) {
		StoredImport file = pass.file();
		int to = rows.get(rows.size() - 1).row().line();
		List<Wrong> rejected;
		if (file.dry()) {
			rejected = Objects.requireNonNull(this.transaction.execute((status) -> {
				status.setRollbackOnly();
				return judge(pass, rows);
			}));
			turn.run();
			this.transaction.executeWithoutResult(
					(status) -> this.imports.note(file, from, to, rows.size(), withoutForgotten(pass, rejected)));
		}
		else {
			rejected = Objects.requireNonNull(this.transaction.execute((status) -> {
				List<Wrong> wrong = judge(pass, rows);
				turn.run();
				this.imports.note(file, from, to, rows.size(), withoutForgotten(pass, wrong));
				return wrong;
			}));
		}
		return rejected.size();
	}

	/**
	 * All rows are done: what was taken in is kept no longer.
	 * @throws IllegalStateException when there were others, of which nothing is known
	 */
	void finish(ImportPass pass) {
		this.transaction.executeWithoutResult((status) -> {
			this.imports.finish(pass.file(), this.clock.instant());
			if (!pass.file().dry()) {
				this.parts.delete(pass.file().id());
			}
		});
	}

	private List<Wrong> judge(ImportPass pass, List<Checked> rows) {
		List<Wrong> rejected = new ArrayList<>();
		List<Right> right = new ArrayList<>();
		for (Checked checked : rows) {
			if (checked instanceof Right one) {
				right.add(one);
			}
			else if (checked instanceof Wrong one) {
				rejected.add(one);
			}
		}
		NewReaders.Known known = this.newReaders.look(right.stream().map(Right::address).toList(),
				pass.newsletter().id());
		List<NewReader> added = new ArrayList<>();
		List<Right> others = new ArrayList<>();
		Set<String> seen = new HashSet<>();
		for (Right row : right) {
			boolean plain = seen.add(row.address().key()) && row.status() == Status.ACTIVE;
			if (plain && known.isNew(row.address())) {
				added.add(new NewReader(row.address(), row.name(), row.choice(), row.row().attributes()));
			}
			else if (!plain || !known.isSubscribed(row.address()) || !row.row().attributes().isEmpty()) {
				others.add(row);
			}
		}
		this.newReaders.add(added, pass.newsletter(), pass.file().wording());
		for (Right row : others) {
			one(row, pass).ifPresent((reason) -> rejected.add(new Wrong(row.row(), row.address(), reason)));
		}
		rejected.sort(Comparator.comparingInt((it) -> it.row().line()));
		return rejected;
	}

	/**
	 * A file may be older than an erasure: of who is on the suppression list and no
	 * subscriber, nothing is written down anew. In the transaction that writes: who is
	 * being erased is waited for.
	 */
	private List<Wrong> withoutForgotten(ImportPass pass, List<Wrong> rejected) {
		NewReaders.Known known = this.newReaders
			.look(rejected.stream().flatMap((it) -> Stream.ofNullable(it.address())).toList(), pass.newsletter().id());
		return rejected.stream()
			.map((it) -> (it.address() != null && known.isForgotten(it.address())) ? it.withoutPerson() : it)
			.toList();
	}

	private Optional<String> one(Right row, ImportPass pass) {
		return switch (row.status()) {
			case ACTIVE -> subscribe(row, pass);
			case UNSUBSCRIBED -> this.readers.noteLeft(row.address(), row.name(), pass.newsletter());
			case SUPPRESSED -> this.readers.suppress(row.address(), Reason.MANUAL);
			case BOUNCED -> this.readers.suppress(row.address(), Reason.HARD_BOUNCE);
			case COMPLAINED -> this.readers.suppress(row.address(), Reason.COMPLAINT);
		};
	}

	private Optional<String> subscribe(Right row, ImportPass pass) {
		Optional<String> refused = this.readers.subscribe(row.address(), row.name(), pass.newsletter(), row.choice(),
				pass.file().wording());
		if (refused.isEmpty() && !row.row().attributes().isEmpty()) {
			this.attributes.set(row.address(), pass.newsletter().id(), row.row().attributes());
		}
		return refused;
	}

	/**
	 * A pass over a file as one run does it.
	 *
	 * @param file as it was when the run began
	 * @param newsletter what its readers are subscribed to
	 * @param rows those still to be done
	 */
	record ImportPass(StoredImport file, Newsletter newsletter, ImportFile rows) {
	}

}
