/**
 * The sample newsroom: front page, feed, articles, pictures.
 */
@NullMarked
package dev.postrider.demo.newsroom;

import org.jspecify.annotations.NullMarked;
