package dev.postrider.edition;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import dev.postrider.story.Score;
import dev.postrider.story.Story;
import org.jspecify.annotations.Nullable;

/**
 * One number of a newsletter.
 *
 * @param id its key
 * @param newsletterId whose number it is
 * @param date its date, in the newsletter's zone
 * @param number 1 for the scheduled one; 2, 3 … for extra and correction editions of the
 * same date
 * @param status where it stands
 * @param statusReason why, where that is not plain
 * @param subject of the mail
 * @param preheader the line a mail program shows beside the subject
 * @param intro the editor's words above the stories
 * @param dueAt when it is to be sent
 * @param uselessAfter past this, readers not yet reached are skipped
 * @param approvedBy who approved it
 * @param frozenAt when its audience was frozen
 * @param startedAt when sending began
 * @param closedAt when no delivery was open any more
 * @param corrects what this one corrects: only who was sent that gets it
 * @param version raised by every change
 * @param picks its stories in order
 */
public record Edition(long id, long newsletterId, LocalDate date, int number, EditionStatus status,
		@Nullable String statusReason, String subject, String preheader, @Nullable String intro, Instant dueAt,
		Instant uselessAfter, @Nullable String approvedBy, @Nullable Instant frozenAt, @Nullable Instant startedAt,
		@Nullable Instant closedAt, @Nullable Corrected corrects, int version, List<Pick> picks) {

	/**
	 * Its date, and its number where that is not 1: {@code 2026-11-23} or
	 * {@code 2026-11-23-2}.
	 */
	public String label() {
		return (this.number == 1) ? this.date.toString() : this.date + "-" + this.number;
	}

	/** The same edition as some readers get it. */
	Edition with(Words words, List<Pick> others) {
		return new Edition(this.id, this.newsletterId, this.date, this.number, this.status, this.statusReason,
				words.subject(), words.preheader(), words.intro(), this.dueAt, this.uselessAfter, this.approvedBy,
				this.frozenAt, this.startedAt, this.closedAt, this.corrects, this.version, List.copyOf(others));
	}

	/**
	 * What was mailed wrong.
	 *
	 * @param editionId where
	 * @param storyId which of the stories that its readers had
	 */
	public record Corrected(long editionId, long storyId) {
	}

	/**
	 * A story in an edition.
	 *
	 * @param story the story as its source has it
	 * @param position from 1
	 * @param reason why it was chosen
	 * @param pinned an editor wants it whatever comes
	 * @param rewrittenHeadline an editor's headline, if any
	 * @param rewrittenSummary an editor's summary, if any
	 * @param score what it was worth when it was chosen; {@link Score#NONE} when an
	 * editor added it
	 * @param also other stories of the same event, best first
	 */
	public record Pick(Story story, int position, String reason, boolean pinned, @Nullable String rewrittenHeadline,
			@Nullable String rewrittenSummary, Score score, List<Story> also) {

		public Pick {
			also = List.copyOf(also);
		}

		/** The headline readers see. */
		public String headline() {
			return (this.rewrittenHeadline != null) ? this.rewrittenHeadline : this.story.headline();
		}

		/** The summary readers see. */
		public String summary() {
			return (this.rewrittenSummary != null) ? this.rewrittenSummary : this.story.summary();
		}

		/** Whether an editor had a hand in it: composing anew leaves it alone. */
		boolean isEditors() {
			return this.pinned || this.rewrittenHeadline != null || this.rewrittenSummary != null;
		}

		Pick at(int place) {
			return new Pick(this.story, place, this.reason, this.pinned, this.rewrittenHeadline, this.rewrittenSummary,
					this.score, this.also);
		}

		Pick pinned(boolean wanted) {
			return new Pick(this.story, this.position, this.reason, wanted, this.rewrittenHeadline,
					this.rewrittenSummary, this.score, this.also);
		}

		Pick rewritten(@Nullable String headline, @Nullable String summary) {
			return new Pick(this.story, this.position, this.reason, this.pinned, headline, summary, this.score,
					this.also);
		}

		Pick with(List<Story> others) {
			return new Pick(this.story, this.position, this.reason, this.pinned, this.rewrittenHeadline,
					this.rewrittenSummary, this.score, others);
		}

	}

}
