/**
 * Composing, approving, rendering and archiving editions.
 */
@ApplicationModule(allowedDependencies = { "story", "newsletter", "staff", "mail" })
@NullMarked
package dev.postrider.edition;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
