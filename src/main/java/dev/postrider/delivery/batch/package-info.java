/**
 * The digest job and its steps.
 */
@NullMarked
package dev.postrider.delivery.batch;

import org.jspecify.annotations.NullMarked;
