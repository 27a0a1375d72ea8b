/**
 * Sources, ingestion, and the picking of stories.
 */
@ApplicationModule(allowedDependencies = { "newsletter", "staff", "run", "mail" })
@NullMarked
package dev.postrider.story;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
