/**
 * The demo's own database server.
 */
@NullMarked
package dev.postrider.demo.database;

import org.jspecify.annotations.NullMarked;
