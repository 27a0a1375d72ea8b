/**
 * The subscriber list: who signed up, verified, chose, left, and what each agreed to.
 */
@NullMarked
package dev.postrider.subscription.list;

import org.jspecify.annotations.NullMarked;
