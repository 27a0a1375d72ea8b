package dev.postrider.subscription.list;

import org.jspecify.annotations.Nullable;

/**
 * How a reader wants a newsletter's mail to be.
 *
 * @param language of its fixed words and dates, a BCP 47 tag; {@code null}: the
 * newsletter's
 * @param design the name of a design; {@code null}: the newsletter's
 */
public record Look(@Nullable String language, @Nullable String design) {
}
