/**
 * Whether stories still stand where they did.
 */
@NullMarked
package dev.postrider.story.fresh;

import org.jspecify.annotations.NullMarked;
