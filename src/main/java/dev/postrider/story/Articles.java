package dev.postrider.story;

import java.util.Collection;
import java.util.Map;

/**
 * The pages that stories are about, as they answer now.
 */
public interface Articles {

	/**
	 * Asks for the page of each story, hosts side by side, those of one host one after
	 * the other. It takes a limited time in all; what was not asked by then is
	 * {@link State#UNKNOWN}.
	 * @param stories whose pages
	 * @return for each story's key the answer; empty when checking is switched off
	 */
	Map<Long, Answer> ask(Collection<Story> stories);

	/** What an answer says about an article. */
	enum State {

		/** It can be read. */
		THERE,

		/** Its server says that there is nothing (404), or nothing any more (410). */
		GONE,

		/**
		 * Nobody could say: its server is away, has trouble, or does not let us in. That
		 * says nothing against the story.
		 */
		UNKNOWN

	}

	/**
	 * An answer.
	 *
	 * @param state what it says about the article
	 * @param host who was asked
	 * @param words the answer in words, without a full stop
	 */
	record Answer(State state, String host, String words) {
	}

}
