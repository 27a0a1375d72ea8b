package dev.postrider.edition;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import dev.postrider.Retries;
import dev.postrider.edition.Edition.Pick;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.story.Stories;
import dev.postrider.story.Story;
import dev.postrider.story.StoryPicker;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Component
class JdbcEditionComposer implements EditionComposer {

	private static final int LONGEST_HEADLINE = 500;

	private static final int LONGEST_SUMMARY = 4000;

	private final DraftRows rows;

	private final SlowNewsRule slowNews;

	private final Stories stories;

	private final Newsletters newsletters;

	private final Retries transaction;

	JdbcEditionComposer(DraftRows rows, SlowNewsRule slowNews, Stories stories, Newsletters newsletters,
			PlatformTransactionManager transactions) {
		this.rows = rows;
		this.slowNews = slowNews;
		this.stories = stories;
		this.newsletters = newsletters;
		// Feeds that come in lock the same stories.
		this.transaction = new Retries(new TransactionTemplate(transactions));
	}

	@Override
	public Edition compose(long editionId, Newsletter newsletter) {
		return change(editionId, (draft) -> {
			Edition edition = draft.edition();
			if (edition.newsletterId() != newsletter.id()) {
				throw new IllegalArgumentException("Edition " + editionId + " is one of newsletter "
						+ edition.newsletterId() + ", not of " + newsletter.slug());
			}
			if (edition.corrects() != null) {
				// It tells of the story whatever became of that, and of no other.
				return;
			}
			Set<Long> banned = this.rows.banned(newsletter.id());
			Set<Long> carried = this.rows.carriedBefore(edition);
			List<Pick> allowed = draft.picks()
				.stream()
				.filter((pick) -> mayGo(pick.story(), edition.dueAt()) && !banned.contains(pick.story().id()))
				.filter((pick) -> pick.pinned() || !carried.contains(pick.story().id()))
				.map((pick) -> pick.with(pick.also()
					.stream()
					.filter((other) -> mayGo(other, edition.dueAt()) && !banned.contains(other.id()))
					.toList()))
				.toList();
			draft.set(arrange(draft, newsletter, allowed, carried));
			this.rows.composed(editionId);
		});
	}

	/**
	 * Takes stories out for good and has others take their places, as {@link #compose}
	 * would.
	 */
	Edition replace(long editionId, Newsletter newsletter, Set<Long> gone) {
		return change(editionId, (draft) -> {
			gone.forEach((story) -> this.rows.drop(editionId, story));
			List<Pick> left = draft.picks().stream().filter((pick) -> !gone.contains(pick.story().id())).toList();
			draft.set(arrange(draft, newsletter, left, this.rows.carriedBefore(draft.edition())));
		});
	}

	private List<Pick> arrange(Draft draft, Newsletter newsletter, List<Pick> left, Set<Long> carried) {
		if (draft.edition().status() == EditionStatus.APPROVED) {
			int wanted = Math.min(draft.picks().size(), this.newsletters.rules(newsletter.id()).minimum());
			return (left.size() < wanted) ? filled(draft, newsletter, left, carried, wanted) : left;
		}
		List<Pick> staying = left.stream().filter(Pick::isEditors).toList();
		return filled(draft, newsletter, staying, carried, newsletter.storyCount());
	}

	private List<Pick> filled(Draft draft, Newsletter newsletter, List<Pick> staying, Set<Long> carried, int wanted) {
		Edition edition = draft.edition();
		Set<Long> without = new HashSet<>(carried);
		without.addAll(this.rows.dropped(edition.id()));
		List<Pick> chosen = this.slowNews.choose(edition,
				new StoryPicker.Request(newsletter, this.newsletters.rules(newsletter.id()), edition.dueAt(),
						Math.max(0, wanted - staying.size()), without, staying.stream().map(Pick::story).toList(),
						Set.of()));
		return draft.orderEdited() ? Arrangement.inOrderOf(draft.picks(), staying, chosen)
				: Arrangement.around(staying, chosen);
	}

	private static boolean mayGo(Story story, Instant at) {
		Instant embargo = story.embargoUntil();
		return story.withdrawnAt() == null && (embargo == null || !embargo.isAfter(at));
	}

	@Override
	public Edition add(long editionId, long storyId) {
		Story story = this.stories.find(storyId)
			.orElseThrow(() -> new EditionException("There is no story with id " + storyId + "."));
		return change(editionId, (draft) -> {
			Edition edition = draft.edition();
			if (!mayGo(story, edition.dueAt())) {
				throw new EditionException((story.withdrawnAt() != null)
						? "Story " + storyId + " was withdrawn by its newsroom and cannot be mailed."
						: "Story " + storyId + " is under embargo until " + story.embargoUntil() + ", but edition "
								+ edition.label() + " is due at " + edition.dueAt() + ".");
			}
			if (this.rows.banned(edition.newsletterId()).contains(storyId)) {
				throw new EditionException(
						"Story " + storyId + " is banned from this newsletter. Take the ban back first.");
			}
			this.rows.undrop(editionId, storyId);
			draft.add(story);
		});
	}

	@Override
	public Edition drop(long editionId, long storyId) {
		return change(editionId, (draft) -> {
			if (!draft.has(storyId) && !this.rows.dropped(editionId).contains(storyId)) {
				throw new EditionException("Story " + storyId + " is not in edition " + draft.edition().label()
						+ ". It was changed meanwhile: load it again.");
			}
			this.rows.drop(editionId, storyId);
			draft.remove(storyId);
		});
	}

	@Override
	public Edition pin(long editionId, long storyId, boolean pinned) {
		return change(editionId, (draft) -> draft.pin(storyId, pinned));
	}

	@Override
	public Edition reorder(long editionId, List<Long> storyIds) {
		return change(editionId, (draft) -> draft.reorder(storyIds));
	}

	@Override
	public Edition rewrite(long editionId, long storyId, @Nullable String headline, @Nullable String summary) {
		check("headline", headline, LONGEST_HEADLINE);
		check("summary", summary, LONGEST_SUMMARY);
		return change(editionId, (draft) -> draft.rewrite(storyId, headline, summary));
	}

	@Override
	public Edition describe(long editionId, String subject, String preheader, @Nullable String intro) {
		return change(editionId, (draft) -> draft.describe(subject, preheader, intro));
	}

	private Edition change(long editionId, Consumer<Draft> change) {
		return this.transaction.of(() -> {
			Draft draft = this.rows.lock(editionId);
			change.accept(draft);
			return this.rows.save(draft);
		});
	}

	private static void check(String what, @Nullable String text, int longest) {
		if (text != null && text.strip().length() > longest) {
			throw new EditionException(
					"The " + what + " has " + text.strip().length() + " characters; " + longest + " are the most.");
		}
	}

}
