package dev.postrider.subscription.web;

import java.util.Map;

import dev.postrider.mail.Writing;
import dev.postrider.mail.Writings;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.subscription.list.ReaderLanguages;
import dev.postrider.subscription.list.Subscriber;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/**
 * The language of a reader's page, and the pages that say no more than a sentence.
 */
@Component
class ReaderPages {

	private final Writings writings;

	private final ReaderLanguages languages;

	ReaderPages(Writings writings, ReaderLanguages languages) {
		this.writings = writings;
		this.languages = languages;
	}

	/** For somebody we do not know. */
	Writing writing(HttpServletRequest request) {
		return this.writings.page(request);
	}

	/** About a newsletter. */
	Writing writing(HttpServletRequest request, Newsletter newsletter) {
		return this.writings.page(request, newsletter.language());
	}

	/** About all that a reader gets. */
	Writing writing(HttpServletRequest request, long subscriberId) {
		return this.writings.page(request, this.languages.of(subscriberId).orElse(null));
	}

	/** About what a reader gets of one newsletter. */
	Writing writing(HttpServletRequest request, long subscriberId, Newsletter newsletter) {
		return this.writings.page(request, this.languages.of(subscriberId, newsletter.id()).orElse(null),
				newsletter.language());
	}

	/** A subscriber's address as a page shows it. */
	static String masked(Subscriber subscriber, Writing writing) {
		return (subscriber.email() != null) ? subscriber.masked() : writing.say("thisAddress");
	}

	/** The answer to a token that is none of ours. */
	ModelAndView unknownLink(HttpServletRequest request) {
		Writing writing = writing(request);
		return note(writing.say("unknownLink"), writing.say("unknownLinkText"), HttpStatus.NOT_FOUND).addObject("lost",
				true);
	}

	ModelAndView noNewsletter(HttpServletRequest request) {
		Writing writing = writing(request);
		return note(writing.say("noNewsletter"), writing.say("noNewsletterText"), HttpStatus.NOT_FOUND);
	}

	/** After {@link #writing}, whose language the page has. */
	static ModelAndView note(String title, String text, HttpStatus status) {
		return new ModelAndView("subscription/note", Map.of("title", title, "text", text), status);
	}

}
