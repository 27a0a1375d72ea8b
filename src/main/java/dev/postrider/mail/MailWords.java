package dev.postrider.mail;

import java.util.SortedSet;

/**
 * The fixed words of mails and of readers' pages in the languages they are kept in, see
 * {@code templates/mail/words} and {@code templates/web/words}. Templates have them as
 * {@code words.KEY}; this is for code that makes a template's values.
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

	/**
	 * The key of the words for a number of something, by the language's rules of plural.
	 * @param language a BCP 47 tag
	 * @param key to which {@code .one}, {@code .other} and so on are appended
	 * @param number how many
	 */
	String plural(String language, String key, long number);

	/** Whether there are such words, if only in English. */
	boolean has(String key);

	/**
	 * What a page's template has as {@code words}.
	 * @param language a BCP 47 tag
	 */
	Object model(String language);

	/** The languages that have words of their own, such as {@code de}. */
	SortedSet<String> languages();

	/**
	 * The languages that have all words: a page or a single mail is never half in another
	 * language.
	 */
	SortedSet<String> complete();

}
