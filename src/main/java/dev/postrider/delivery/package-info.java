/**
 * The digest job: audience, ledger, blocks, lanes and outcomes.
 */
@ApplicationModule(allowedDependencies = { "edition", "story", "subscription", "newsletter", "run", "mail", "staff" })
@NullMarked
package dev.postrider.delivery;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
