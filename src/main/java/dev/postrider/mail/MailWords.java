package dev.postrider.mail;

import java.util.SortedSet;

/**
 * The fixed words of mails in the languages they are kept in, see
 * {@code templates/mail/words}. Templates have them as {@code words.KEY}; this is for
 * code that makes a template's values.
 */
public interface MailWords {

	/**
	 * Says something in a language; what is not said in it is said in English.
	 * @param language a BCP 47 tag
	 * @param key of the words
	 * @param values for the places {@code {0}}, {@code {1}} …; numbers are written as the
	 * language does
	 * @throws TemplateException when there are no such words
	 */
	String say(String language, String key, Object... values);

	/** The languages that have words of their own, such as {@code de}. */
	SortedSet<String> languages();

}
