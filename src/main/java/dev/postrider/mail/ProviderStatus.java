package dev.postrider.mail;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How it is with a provider.
 *
 * @param name as in the settings
 * @param title as people call it
 * @param pausedUntil nothing is sent before; {@code null} when it is not paused
 * @param perSecond messages a second that it is sent at most; {@code null} for no limit
 * @param reason its words when it was last slowed; {@code null} when it is not slowed
 * @param inFlight messages of this process it is being sent now
 * @param seconds how long it takes to answer, of late
 */
public record ProviderStatus(String name, String title, @Nullable Instant pausedUntil, @Nullable Double perSecond,
		@Nullable String reason, int inFlight, double seconds) {
}
