/**
 * The editors' pages and the API of editions. What templates read is public, because
 * FreeMarker sees nothing else.
 */
@NullMarked
package dev.postrider.desk.web;

import org.jspecify.annotations.NullMarked;
