/**
 * The job that polls the sources.
 */
@NullMarked
package dev.postrider.story.batch;

import org.jspecify.annotations.NullMarked;
