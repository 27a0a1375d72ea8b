/**
 * The job that composes editions ahead of their hour.
 */
@NullMarked
package dev.postrider.edition.batch;

import org.jspecify.annotations.NullMarked;
