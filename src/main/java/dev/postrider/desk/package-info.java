/**
 * The editors' pages and API.
 */
@ApplicationModule(allowedDependencies = { "newsletter", "staff", "run", "mail", "subscription", "story", "edition",
		"delivery", "schedule" })
@NullMarked
package dev.postrider.desk;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
