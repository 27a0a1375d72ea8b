/**
 * Starting, stopping, restarting and recovering batch jobs, and their history.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.postrider.run;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
