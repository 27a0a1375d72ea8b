/**
 * The job that rehearses editions.
 */
@NullMarked
package dev.postrider.edition.batch;

import org.jspecify.annotations.NullMarked;
