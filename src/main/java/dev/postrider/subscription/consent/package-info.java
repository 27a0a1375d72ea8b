/**
 * The consent ledger: rows in chains of hashes, and the check of them.
 */
@NullMarked
package dev.postrider.subscription.consent;

import org.jspecify.annotations.NullMarked;
