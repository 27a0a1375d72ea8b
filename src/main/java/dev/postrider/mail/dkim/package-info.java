/**
 * DKIM signatures (RFC 6376, 8301, 8463): keys and their DNS records, and a signer fast
 * enough to sign every reader's copy.
 */
@NullMarked
package dev.postrider.mail.dkim;

import org.jspecify.annotations.NullMarked;
