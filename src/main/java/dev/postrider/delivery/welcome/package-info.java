/**
 * The latest edition, mailed to who has just become a reader.
 */
@NullMarked
package dev.postrider.delivery.welcome;

import org.jspecify.annotations.NullMarked;
