/**
 * The demo's SMTP server and the page that shows what it got.
 */
@NullMarked
package dev.postrider.demo.mailbox;

import org.jspecify.annotations.NullMarked;
