/**
 * The relays behind {@link dev.postrider.mail.Relays}: which one takes a message, within
 * which limits, and how it is spoken to.
 */
@NullMarked
package dev.postrider.mail.relay;

import org.jspecify.annotations.NullMarked;
