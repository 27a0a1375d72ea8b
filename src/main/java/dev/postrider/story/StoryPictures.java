package dev.postrider.story;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The pictures of stories as a mail and its web copy show them. The setting
 * {@code postrider.story.images} decides: served from our own address, left where the
 * newsroom has them, or none. One whose licence forbids to mail it is in neither.
 */
public interface StoryPictures {

	/**
	 * Fetches and cuts the pictures of stories that an edition is about to show, each
	 * once: a second call fetches only what failed, and what changed since with its
	 * story. Takes limited time, and never fails because of a picture.
	 * @param stories all the edition's stories
	 * @return those left without their picture, and why
	 */
	List<Missing> prepare(Collection<Story> stories);

	/**
	 * The pictures of stories by their keys; a story without any is left out. One that
	 * was never prepared, as in a preview, is shown from the newsroom's own address.
	 */
	Map<Long, Pictures> of(Collection<Story> stories);

	/**
	 * What pictures weigh that are served from our own address.
	 * @param urls addresses as a mail has them
	 * @return bytes by address; others' pictures are left out
	 */
	Map<String, Integer> weights(Collection<String> urls);

	/**
	 * A picture in the two cuts of a mail.
	 *
	 * @param lead wide, for the first story; {@code null} when it is too small for that
	 * @param side for the stories below it
	 */
	record Pictures(@Nullable Shown lead, @Nullable Shown side) {
	}

	/**
	 * Where a picture is.
	 *
	 * @param url its address
	 * @param width in pixels, if known
	 * @param height in pixels, if known
	 */
	record Shown(String url, @Nullable Integer width, @Nullable Integer height) {
	}

	/**
	 * A story left without its picture.
	 *
	 * @param storyId which
	 * @param why in words for an editor
	 */
	record Missing(long storyId, String why) {
	}

}
