package dev.postrider.story;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Published each time a source could not be fetched or read.
 *
 * @param sourceId which
 * @param name its name, or its address while it has none
 * @param message why, in words
 * @param failures how many times in a row by now
 * @param lastSuccessAt when it last went well, if it ever did
 */
public record SourceFailed(long sourceId, String name, String message, int failures, @Nullable Instant lastSuccessAt) {
}
