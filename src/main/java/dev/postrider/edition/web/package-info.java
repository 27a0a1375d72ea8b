/**
 * The public archive.
 */
@NullMarked
package dev.postrider.edition.web;

import org.jspecify.annotations.NullMarked;
