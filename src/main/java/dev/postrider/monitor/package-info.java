/**
 * The admins' pages and API, problems, health and metrics.
 */
@ApplicationModule(allowedDependencies = { "newsletter", "staff", "run", "mail", "subscription", "story", "edition",
		"delivery", "schedule" })
@NullMarked
package dev.postrider.monitor;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
