/**
 * The providers of readers' mailboxes: who they are, and how much they take.
 */
@NullMarked
package dev.postrider.mail.provider;

import org.jspecify.annotations.NullMarked;
