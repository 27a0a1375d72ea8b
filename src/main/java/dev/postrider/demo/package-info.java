/**
 * Embedded database and mailbox, and a sample newsroom. Never in production.
 */
@ApplicationModule(allowedDependencies = { "newsletter", "staff", "run", "mail", "subscription", "story", "edition",
		"delivery", "schedule" })
@NullMarked
package dev.postrider.demo;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
