package dev.postrider.desk.web;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A newsletter at a glance: what goes out next and when, what is in it, what needs an
 * editor.
 *
 * @param slug the newsletter's
 * @param name the newsletter's
 * @param due the next slot in words, with its zone
 * @param dueExact the same for machines
 * @param countdown how far away it is
 * @param date the next slot's date
 * @param day the same in words
 * @param today the date there, the earliest an edition can be made for
 * @param readers how many it would go to
 * @param next its edition, if it was made
 * @param needs what waits for an editor
 * @param outgoing what is being sent now
 * @param recent the newest editions
 * @param last what became of the newest edition sent
 * @param embed HTML that shows the sign-up form on another site
 */
public record Overview(String slug, String name, String due, String dueExact, String countdown, String date, String day,
		String today, String readers, @Nullable EditionCard next, List<Need> needs, List<Outgoing> outgoing,
		List<EditionCard> recent, @Nullable String last, EmbedCode embed) {

	/**
	 * Something that waits for an editor.
	 *
	 * @param text what and why
	 * @param mark {@code warn} or {@code bad}
	 * @param href where to do something about it
	 * @param link what the link says
	 */
	public record Need(String text, String mark, String href, String link) {
	}

	/**
	 * An edition that is being sent.
	 *
	 * @param edition which
	 * @param progress how far it is
	 */
	public record Outgoing(EditionCard edition, Progress progress) {
	}

}
