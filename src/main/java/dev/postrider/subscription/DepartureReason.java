package dev.postrider.subscription;

/**
 * Why a reader left, if the reader says so.
 */
public enum DepartureReason {

	/** Too many mails. */
	TOO_OFTEN("It comes too often"),

	/** Not what the reader wants to read. */
	NOT_FOR_ME("The stories are not for me"),

	/** The news site or another way is enough. */
	READ_ELSEWHERE("I read the news elsewhere"),

	/** The mail cannot be read well. */
	LOOKS_BROKEN("The mail does not look right"),

	/** Says never to have signed up: what a newsroom should look into. */
	NEVER_ASKED("I never signed up"),

	/** None of these. */
	OTHER("Another reason");

	private final String words;

	DepartureReason(String words) {
		this.words = words;
	}

	/** As a reader would say it. */
	public String words() {
		return this.words;
	}

}
