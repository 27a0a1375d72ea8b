package dev.postrider.story;

/**
 * What sort of item a story is.
 */
public enum StoryKind {

	NEWS, FEATURE, PODCAST, OPINION, LIVE

}
