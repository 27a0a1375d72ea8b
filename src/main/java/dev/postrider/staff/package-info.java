/**
 * Accounts of editors and admins, their roles and tokens, and the audit of what they did.
 */
@ApplicationModule(allowedDependencies = { "mail" })
@NullMarked
package dev.postrider.staff;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
