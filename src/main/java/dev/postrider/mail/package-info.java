/**
 * How a message leaves: relays, connections, spliced messages, single mails.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.postrider.mail;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
