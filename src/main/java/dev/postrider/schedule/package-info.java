/**
 * When jobs start: triggers in each newsletter's time zone, and what to do about missed
 * ones.
 */
@ApplicationModule(allowedDependencies = { "run", "newsletter", "staff" })
@NullMarked
package dev.postrider.schedule;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
