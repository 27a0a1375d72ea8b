/**
 * Making stories of what feeds and content management systems deliver, and storing them.
 */
@NullMarked
package dev.postrider.story.ingest;

import org.jspecify.annotations.NullMarked;
