package dev.postrider.story;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import dev.postrider.newsletter.Newsletter;

/**
 * The stories we know.
 */
public interface Stories {

	/** As far down as a story can be pushed. */
	double LEAST_BOOST = -10;

	/** As far up as a story can be pushed. */
	double MOST_BOOST = 10;

	/** One story. */
	Optional<Story> find(long id);

	/**
	 * The story of an address.
	 * @param url any form of it, tracking parameters included
	 */
	Optional<Story> findByUrl(String url);

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

	/** Who banned the story from this newsletter; empty when nobody did. */
	Optional<String> bannedBy(long newsletterId, long storyId);

	/** Takes a ban back. */
	void unban(long newsletterId, long storyId);

	/**
	 * Pushes a story up or down in this newsletter's ranking, in place of an earlier
	 * push.
	 * @param newsletterId the publication
	 * @param storyId the story
	 * @param value from {@value #LEAST_BOOST} to {@value #MOST_BOOST}; 0 takes the push
	 * back
	 * @param actor who wants it
	 * @throws IllegalArgumentException when the value is none of these
	 */
	void boost(long newsletterId, long storyId, double value, String actor);

	/** The push a story has in this newsletter; 0 when it has none. */
	double boost(long newsletterId, long storyId);

	/** What became of a story since it came in; empty for an unknown one. */
	StoryTrail trail(long storyId);

}
