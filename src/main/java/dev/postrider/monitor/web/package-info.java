/**
 * The admins' pages and API.
 */
@NullMarked
package dev.postrider.monitor.web;

import org.jspecify.annotations.NullMarked;
