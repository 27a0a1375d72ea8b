package dev.postrider.story.pick;

import java.util.List;

import dev.postrider.story.Story;

/**
 * Stories that tell of the same event.
 *
 * @param stories at least one, in the order in which they were given
 */
record Cluster(List<Story> stories) {

}
