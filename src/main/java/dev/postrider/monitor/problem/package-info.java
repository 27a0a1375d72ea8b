/**
 * What is wrong now: found, shown, mailed, and taken back when it is cured.
 */
@NullMarked
package dev.postrider.monitor.problem;

import org.jspecify.annotations.NullMarked;
