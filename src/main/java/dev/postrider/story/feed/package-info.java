/**
 * Fetching feeds from where they may be fetched, and reading them.
 */
@NullMarked
package dev.postrider.story.feed;

import org.jspecify.annotations.NullMarked;
