package dev.postrider.run;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Published when a run of this process has ended, however.
 *
 * @param runId its id
 * @param job the job's name
 * @param identity its identifying parameters
 * @param status its final status
 * @param message why it failed, if it did
 */
public record RunEnded(long runId, String job, Map<String, String> identity, String status, @Nullable String message) {
}
