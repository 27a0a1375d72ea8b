/**
 * Pictures of stories: fetched, cut for mails, kept and pruned.
 */
@NullMarked
package dev.postrider.story.image;

import org.jspecify.annotations.NullMarked;
