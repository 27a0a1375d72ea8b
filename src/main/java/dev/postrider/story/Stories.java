package dev.postrider.story;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import dev.postrider.newsletter.Newsletter;

/**
 * The stories we know.
 */
public interface Stories {

	/** One story. */
	Optional<Story> find(long id);

	/** Several at once, in the order of the ids; unknown ones are left out. */
	List<Story> findAll(Collection<Long> ids);

	/**
	 * The newest stories an editor may add by hand to an edition of a newsletter: not
	 * withdrawn, not banned.
	 * @param newsletter the publication
	 * @param query words of the headline, or blank for all
	 * @param limit at most so many
	 */
	List<Story> search(Newsletter newsletter, String query, int limit);

	/**
	 * Never pick this story for this newsletter. A second ban changes nothing.
	 * @param newsletterId the publication
	 * @param storyId the story
	 * @param actor who wants it
	 */
	void ban(long newsletterId, long storyId, String actor);

	/** Takes a ban back. */
	void unban(long newsletterId, long storyId);

}
