package dev.postrider.mail;

/**
 * Published when a relay that did not answer does so again.
 *
 * @param relay its name
 */
public record RelayRecovered(String relay) {
}
