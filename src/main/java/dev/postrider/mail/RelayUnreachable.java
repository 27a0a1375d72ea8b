package dev.postrider.mail;

/**
 * Published when a relay that worked, or was never tried, stops answering.
 *
 * @param relay its name
 * @param reason what happened
 */
public record RelayUnreachable(String relay, String reason) {
}
