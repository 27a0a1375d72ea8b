/**
 * The stories API for content management systems.
 */
@NullMarked
package dev.postrider.story.web;

import org.jspecify.annotations.NullMarked;
