package dev.postrider.newsletter;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One due moment of a newsletter's calendar.
 *
 * @param date the edition's date, in the newsletter's zone
 * @param dueAt when its run is to start
 */
public record Slot(LocalDate date, Instant dueAt) {
}
