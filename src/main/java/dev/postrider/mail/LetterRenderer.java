package dev.postrider.mail;

import java.util.Map;

/**
 * Renders the mails in {@code templates/mail}. A mail {@code name} is the pair
 * {@code name.mjml.ftlh} (MJML, HTML-escaped by itself) and {@code name.txt.ftl} (plain
 * text). The text template's first line is {@code Subject: …}, then an empty line.
 */
public interface LetterRenderer {

	/**
	 * Renders one mail.
	 * @param name the template's name, such as {@code confirm} or
	 * {@code front-page/edition}
	 * @param model what the template may use
	 * @return the finished mail
	 * @throws TemplateException when the template is missing or wrong; the message names
	 * file, line and reason
	 */
	Letter render(String name, Map<String, ?> model);

}
