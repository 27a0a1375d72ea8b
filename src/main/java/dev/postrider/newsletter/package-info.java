/**
 * The publications that readers subscribe to.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.postrider.newsletter;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
