package dev.postrider.edition;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The variants of an edition: one for each combination of stories, language and design
 * that somebody gets, and none besides.
 */
public interface EditionVariants {

	/**
	 * Settles the variants of an edition, in place of earlier ones. A language that mails
	 * have no words in and a design that there is none of any more become the
	 * newsletter's. To be called when the audience is frozen, in its transaction.
	 * @param editionId an edition that was not sent to anybody yet
	 * @param choices of its readers
	 * @return each choice's variant, {@link TopicVariants#NOTHING} where there are no
	 * stories
	 */
	Map<Choice, Integer> settle(long editionId, Collection<Choice> choices);

	/** What was rendered for readers, and what it cost; cheap, without the bodies. */
	List<Cost> costs(long editionId);

	/**
	 * What some readers get.
	 *
	 * @param selection which stories, see {@link TopicVariants}
	 * @param language {@code null} for the newsletter's
	 * @param design {@code null} for the newsletter's
	 */
	record Choice(int selection, @Nullable String language, @Nullable String design) {
	}

	/**
	 * A variant and its cost.
	 *
	 * @param variant its key, from 1
	 * @param selection which stories
	 * @param language of its words
	 * @param design its layout
	 * @param renderTime how long rendering took
	 * @param bytes of both bodies, in UTF-8, before they are encoded for mail
	 */
	record Cost(int variant, int selection, String language, String design, Duration renderTime, int bytes) {
	}

}
