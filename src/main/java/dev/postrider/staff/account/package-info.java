/**
 * Accounts, their one-time links and API tokens, and how they are kept.
 */
@NullMarked
package dev.postrider.staff.account;

import org.jspecify.annotations.NullMarked;
