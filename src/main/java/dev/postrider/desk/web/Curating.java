package dev.postrider.desk.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionComposer;
import dev.postrider.edition.EditionException;
import dev.postrider.staff.StaffDirectory;
import dev.postrider.story.Stories;
import dev.postrider.story.Story;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What an editor does with the stories and words of an edition: each action is audited in
 * the transaction that does it.
 */
@Component
class Curating {

	private static final int ATTEMPTS = 3;

	private final Editing editing;

	private final EditionComposer composer;

	private final Stories stories;

	private final StaffDirectory staff;

	private final TransactionTemplate transactions;

	Curating(Editing editing, EditionComposer composer, Stories stories, StaffDirectory staff,
			TransactionTemplate transactions) {
		this.editing = editing;
		this.composer = composer;
		this.stories = stories;
		this.staff = staff;
		this.transactions = transactions;
	}

	Edition add(long id, long storyId) {
		return act("edition.add", storyId, () -> this.composer.add(id, storyId));
	}

	Edition drop(long id, long storyId) {
		return act("edition.drop", storyId, () -> this.composer.drop(id, storyId));
	}

	Edition pin(long id, long storyId, boolean pinned) {
		return act(pinned ? "edition.pin" : "edition.unpin", storyId, () -> this.composer.pin(id, storyId, pinned));
	}

	/** Out of this edition, and never again into this newsletter. */
	Edition ban(long id, long storyId) {
		return act("story.ban", storyId, () -> {
			Edition edition = this.composer.drop(id, storyId);
			this.stories.ban(edition.newsletterId(), storyId, this.staff.currentActor());
			return edition;
		});
	}

	/**
	 * Takes a drop or a ban back: the story stands again where it stood.
	 * @param id the edition
	 * @param storyId the story
	 * @param position where it stood, from 1
	 * @param pinned whether it was pinned
	 */
	Edition restore(long id, long storyId, int position, boolean pinned) {
		return act("edition.restore", storyId, () -> {
			this.stories.unban(this.editing.edition(id).newsletterId(), storyId);
			Edition edition = this.composer.add(id, storyId);
			List<Long> order = order(edition);
			order.remove(storyId);
			order.add(Math.min(Math.max(position - 1, 0), order.size()), storyId);
			edition = this.composer.reorder(id, order);
			return pinned ? edition : this.composer.pin(id, storyId, false);
		});
	}

	/** Moves a story up (-1) or down (+1); at the end of the list nothing changes. */
	Edition move(long id, long storyId, int by) {
		return act("edition.reorder", storyId, () -> {
			Edition edition = this.editing.edition(id);
			List<Long> order = order(edition);
			int from = order.indexOf(storyId);
			int to = from + by;
			if (from < 0) {
				throw new EditionException("Edition " + edition.label()
						+ " no longer has that story. Another editor may have dropped it; look at the list again.");
			}
			if (to < 0 || to >= order.size()) {
				return edition;
			}
			order.remove(from);
			order.add(to, storyId);
			return this.composer.reorder(id, order);
		});
	}

	Edition reorder(long id, List<Long> order) {
		return act("edition.reorder", null, () -> this.composer.reorder(id, order));
	}

	/** Sets an editor's words for a story; the story's own words mean none. */
	Edition rewrite(long id, RewriteForm form) {
		return guarded(id, "edition.rewrite", form.storyId(), (edition) -> {
			Edition.Pick pick = pick(edition, form.storyId());
			if (!Fingerprint.words(pick).equals(form.seen()) && !says(pick, form)) {
				throw new OverwriteException(
						"Another editor rewrote this story meanwhile. It now reads: \"%s\". Save again to put your words in their place."
							.formatted(pick.headline()));
			}
		}, (edition) -> {
			Story story = pick(edition, form.storyId()).story();
			return this.composer.rewrite(id, form.storyId(), own(form.headline(), story.headline()),
					own(form.summary(), story.summary()));
		});
	}

	Edition describe(long id, WordsForm form) {
		return guarded(id, "edition.describe", null, (edition) -> {
			if (!Fingerprint.words(edition).equals(form.seen()) && !says(edition, form)) {
				throw new OverwriteException(
						"Another editor changed these words meanwhile. The subject now reads: \"%s\". Save again to put yours in their place."
							.formatted(edition.subject()));
			}
		}, (edition) -> says(edition, form) ? edition
				: this.composer.describe(id, form.subject(), form.preheader(), form.introOrNull()));
	}

	/**
	 * Looks at the edition, checks it and changes it as one step. The check reads without
	 * a lock, so a change that came between shows as a version raised twice: then all is
	 * taken back and looked at anew.
	 */
	private Edition guarded(long id, String action, @Nullable Long storyId, Consumer<Edition> check,
			UnaryOperator<Edition> change) {
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			Optional<Edition> changed = this.transactions.execute((status) -> {
				Edition before = this.editing.edition(id);
				check.accept(before);
				Edition after = change.apply(before);
				if (after.version() > before.version() + 1) {
					status.setRollbackOnly();
					return Optional.empty();
				}
				if (after.version() > before.version()) {
					this.editing.record(action, after, detail(storyId));
				}
				return Optional.of(after);
			});
			if (changed.isPresent()) {
				return changed.get();
			}
		}
		throw new ConcurrencyFailureException("Edition " + id + " was changed by others " + ATTEMPTS + " times");
	}

	private Edition act(String action, @Nullable Long storyId, Supplier<Edition> change) {
		return this.transactions.execute((status) -> {
			Edition edition = change.get();
			this.editing.record(action, edition, detail(storyId));
			return edition;
		});
	}

	private static @Nullable String detail(@Nullable Long storyId) {
		return (storyId != null) ? "story " + storyId : null;
	}

	static List<Long> order(Edition edition) {
		return new ArrayList<>(edition.picks().stream().map((pick) -> pick.story().id()).toList());
	}

	static Edition.Pick pick(Edition edition, long storyId) {
		return edition.picks()
			.stream()
			.filter((pick) -> pick.story().id() == storyId)
			.findFirst()
			.orElseThrow(() -> new EditionException("Edition " + edition.label()
					+ " no longer has that story. Another editor may have dropped it; look at the list again."));
	}

	private static boolean says(Edition edition, WordsForm form) {
		WordsForm now = WordsForm.of(edition);
		return now.subject().equals(form.subject()) && now.preheader().equals(form.preheader())
				&& now.intro().equals(form.intro());
	}

	private static boolean says(Edition.Pick pick, RewriteForm form) {
		return RewriteForm.oneLine(pick.headline()).equals(form.headline())
				&& RewriteForm.oneLine(pick.summary()).equals(form.summary());
	}

	private static @Nullable String own(String typed, String original) {
		return (typed.isEmpty() || typed.equals(RewriteForm.oneLine(original))) ? null : typed;
	}

}
