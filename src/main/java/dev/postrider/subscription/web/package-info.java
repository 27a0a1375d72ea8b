/**
 * The pages a reader signs up, verifies, chooses and leaves on.
 */
@NullMarked
package dev.postrider.subscription.web;

import org.jspecify.annotations.NullMarked;
