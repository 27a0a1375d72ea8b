package dev.postrider.edition;

import org.jspecify.annotations.Nullable;

/**
 * Published after an edition has changed its status.
 *
 * @param editionId which
 * @param newsletterId whose
 * @param label its date and number
 * @param status what it is now
 * @param reason why, where that is not plain
 */
public record EditionStatusChanged(long editionId, long newsletterId, String label, EditionStatus status,
		@Nullable String reason) {
}
