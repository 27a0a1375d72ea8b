/**
 * Sign-up, verification, preferences, unsubscribe, consent and the suppression list.
 */
@ApplicationModule(allowedDependencies = { "newsletter", "staff", "run", "mail" })
@NullMarked
package dev.postrider.subscription;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
