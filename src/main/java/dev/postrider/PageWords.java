package dev.postrider;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Gives a page that no feature made, such as that of an error, its language.
 */
@FunctionalInterface
public interface PageWords {

	/** Once more changes nothing. */
	void give(HttpServletRequest request);

}
