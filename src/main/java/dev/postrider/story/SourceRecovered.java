package dev.postrider.story;

/**
 * Published when a source that had failed was read again, or was removed.
 *
 * @param sourceId which
 * @param name its name, or its address while it has none
 */
public record SourceRecovered(long sourceId, String name) {
}
