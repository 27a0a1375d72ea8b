/**
 * Ranking and selecting the stories of an edition.
 */
@NullMarked
package dev.postrider.story.pick;

import org.jspecify.annotations.NullMarked;
