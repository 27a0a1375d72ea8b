package dev.postrider;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * The {@code limit} of a list in the API.
 */
public final class PageLimit {

	private PageLimit() {
	}

	/**
	 * Lets a limit pass.
	 * @param limit as it was sent
	 * @param most the list's own limit
	 * @return the same
	 * @throws ResponseStatusException 400 when it is not from 1 to {@code most}
	 */
	public static int checked(int limit, int most) {
		if (limit < 1 || limit > most) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
					"limit is " + limit + "; use a number from 1 to " + most + ".");
		}
		return limit;
	}

}
