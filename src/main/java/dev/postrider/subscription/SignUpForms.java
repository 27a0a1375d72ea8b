package dev.postrider.subscription;

import java.util.List;
import java.util.Optional;

/**
 * What a site has to know that shows the sign-up form.
 */
public interface SignUpForms {

	/**
	 * The sites on which the form may stand in a frame, and from which scripts may sign
	 * readers up, such as {@code https://www.example.org}; empty: ours alone.
	 */
	List<String> origins();

	/** The address of the privacy notice that stands beside the box. */
	Optional<String> privacyNotice();

}
