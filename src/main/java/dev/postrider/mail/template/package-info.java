/**
 * Renders mails from templates that may do no harm: what they read, reach, take and write
 * is limited.
 */
@NullMarked
package dev.postrider.mail.template;

import org.jspecify.annotations.NullMarked;
