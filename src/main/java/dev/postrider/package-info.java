/**
 * Postrider's application class and what belongs to no feature.
 */
@NullMarked
package dev.postrider;

import org.jspecify.annotations.NullMarked;
