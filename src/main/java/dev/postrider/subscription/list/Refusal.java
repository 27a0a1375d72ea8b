package dev.postrider.subscription.list;

/**
 * Why what was typed is not an address we can mail, with what to do about it in English;
 * other languages have it as {@code refused.NAME} among the words of pages.
 */
public enum Refusal {

	/** Nothing was typed. */
	EMPTY("Enter your email address."),

	/** More than any address can have. */
	FAR_TOO_LONG("That is too long for an email address."),

	/** No @, or several. */
	NOT_ONE_AT("Enter one address with one @, like name@example.com."),

	/** More than SMTP takes. */
	TOO_LONG("That is too long: an email address has at most 254 characters."),

	/** A space, of whatever kind. */
	SPACE("An email address has no spaces; take them out."),

	/** A character of a list, a name or a comment: {@code {0}}. */
	NOT_BARE("Enter the bare address, like name@example.com; it cannot contain {0} here."),

	/** What nobody sees. */
	INVISIBLE("The address contains an invisible character; type it anew."),

	/** Nothing before the @. */
	NO_LOCAL_PART("The part before the @ is missing."),

	/** Letters that need SMTPUTF8. */
	LOCAL_PART_LETTERS("Letters like é or ж before the @ are not supported yet; use an address without them."),

	/** More than SMTP takes. */
	LOCAL_PART_TOO_LONG("The part before the @ is too long: it has at most 64 characters."),

	/** At an end, or two in a row. */
	LOCAL_PART_DOTS("There is a dot too many before the @."),

	/** Any other character that needs quoting. */
	LOCAL_PART_CHARACTER("The part before the @ contains a character that cannot stand there."),

	/** Nothing after the @. */
	NO_DOMAIN("The part after the @ is missing."),

	/** Labels that no domain has. */
	DOMAIN_LABELS("The part after the @ is not a domain; check its dots and hyphens."),

	/** A host without a domain, or a number. */
	DOMAIN_INCOMPLETE("The part after the @ is incomplete; it ends like .com or .org."),

	/** What may be made to look like another domain. */
	DOMAIN_MIXED("The domain mixes letters of several alphabets, some of which look alike; type it anew."),

	/** More than DNS takes. */
	DOMAIN_TOO_LONG("The part after the @ is too long."),

	/** A letter whose domain depends on who reads it. */
	DOMAIN_AMBIGUOUS(
			"The domain contains a letter that servers read differently; type its form that begins with xn--."),

	/** Anything else that IDNA does not know. */
	DOMAIN_WRONG("The part after the @ is not a domain; check how it is written.");

	private final String english;

	Refusal(String english) {
		this.english = english;
	}

	/** In English, with {@code {0}} for a value. */
	public String english() {
		return this.english;
	}

}
