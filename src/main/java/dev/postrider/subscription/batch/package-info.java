/**
 * The job that takes in readers from a file.
 */
@NullMarked
package dev.postrider.subscription.batch;

import org.jspecify.annotations.NullMarked;
