package dev.postrider.monitor.problem;

/**
 * Something a check has found wrong.
 *
 * @param key the same as long as it is the same thing; begins with its check's prefix
 * @param kind what sort of thing
 * @param subject what it is about
 * @param message what is wrong; no reader's address
 * @param remedy what to do about it
 */
record Finding(String key, Problem.Kind kind, String subject, String message, String remedy) {
}
