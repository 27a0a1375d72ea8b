package dev.postrider.story.pick;

/**
 * Why a story was not picked.
 *
 * @param sort the same for all left out for the same cause, such as {@code too old}
 * @param words of this one, such as {@code Too old: 80 hours, the window is 72}
 */
record Verdict(String sort, String words) {
}
