package dev.postrider.desk.web;

import java.nio.charset.StandardCharsets;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionException;
import dev.postrider.edition.EditionRenderer;
import dev.postrider.mail.Letter;
import dev.postrider.mail.TemplateException;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.util.HtmlUtils;

/**
 * The mail as a reader sees it, for the frame beside the list. It may be styled and show
 * pictures, and may do nothing else.
 */
@Controller
class PreviewController {

	private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src http: https: data:; "
			+ "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
			+ "sandbox allow-popups allow-popups-to-escape-sandbox";

	private final Editing editing;

	private final EditionRenderer renderer;

	PreviewController(Editing editing, EditionRenderer renderer) {
		this.editing = editing;
		this.renderer = renderer;
	}

	@GetMapping("/desk/editions/{id}/preview")
	ResponseEntity<String> html(@PathVariable long id) {
		return answer(HttpStatus.OK, MediaType.TEXT_HTML, letter(id).html());
	}

	@GetMapping("/desk/editions/{id}/preview.txt")
	ResponseEntity<String> text(@PathVariable long id) {
		Letter letter = letter(id);
		return answer(HttpStatus.OK, MediaType.TEXT_PLAIN, "Subject: " + letter.subject() + "\n\n" + letter.text());
	}

	@ExceptionHandler({ TemplateException.class, EditionException.class })
	ResponseEntity<String> failed(RuntimeException ex) {
		return answer(HttpStatus.INTERNAL_SERVER_ERROR, MediaType.TEXT_HTML, """
				<!DOCTYPE html><html lang="en"><head><title>No preview</title><style>
				:root { color-scheme: light dark } body { font: 1rem/1.5 sans-serif; margin: 24px }
				</style></head><body><h1>This mail cannot be shown</h1><p>%s</p></body></html>
				""".formatted(HtmlUtils.htmlEscape(String.valueOf(ex.getMessage()))));
	}

	private Letter letter(long id) {
		Edition edition = this.editing.edition(id);
		return this.renderer.preview(edition, this.editing.newsletterOf(edition));
	}

	/** A mail's HTML for a frame. */
	static ResponseEntity<String> framed(String html, boolean images) {
		return answer(HttpStatus.OK, MediaType.TEXT_HTML, html,
				images ? POLICY : POLICY.replace("img-src http: https: data:", "img-src 'none'"));
	}

	private static ResponseEntity<String> answer(HttpStatus status, MediaType type, String body) {
		return answer(status, type, body, POLICY);
	}

	private static ResponseEntity<String> answer(HttpStatus status, MediaType type, String body, String policy) {
		return ResponseEntity.status(status)
			.contentType(new MediaType(type, StandardCharsets.UTF_8))
			.cacheControl(CacheControl.noStore())
			.header("Content-Security-Policy", policy)
			.body(body);
	}

}
