package dev.postrider.edition.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionRenderer;
import dev.postrider.edition.Editions;
import dev.postrider.edition.web.Archive.Entry;
import dev.postrider.mail.Letter;
import dev.postrider.mail.PublicUrl;
import dev.postrider.mail.Writing;
import dev.postrider.mail.Writings;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Past editions for everybody. The same for all who ask: no reader's link is in them.
 */
@Controller
class ArchiveController {

	/**
	 * A web copy is a mail: styled inline, with pictures from the newsroom, never a
	 * script.
	 */
	private static final String WEB_COPY_POLICY = "default-src 'none'; img-src https: http:; "
			+ "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	private static final CacheControl BRIEFLY = CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic();

	private static final int OVERVIEW = 10;

	private static final int PAGE = 50;

	private static final int FEED = 30;

	private final Newsletters newsletters;

	private final Editions editions;

	private final EditionRenderer renderer;

	private final Archive archive;

	private final ArchiveFeed feed;

	private final PublicUrl publicUrl;

	private final Writings writings;

	ArchiveController(Newsletters newsletters, Editions editions, EditionRenderer renderer, Archive archive,
			ArchiveFeed feed, PublicUrl publicUrl, Writings writings) {
		this.newsletters = newsletters;
		this.editions = editions;
		this.renderer = renderer;
		this.archive = archive;
		this.feed = feed;
		this.publicUrl = publicUrl;
		this.writings = writings;
	}

	@GetMapping("/editions")
	ModelAndView all(HttpServletRequest request) {
		Writing writing = this.writings.page(request);
		return new ModelAndView("edition/archive", Map.of("newsletters",
				this.newsletters.all().stream().map((newsletter) -> list(newsletter, null, OVERVIEW, writing)).toList(),
				"canonical", this.publicUrl.of("/editions")));
	}

	@GetMapping("/editions/{slug:[a-z0-9-]+}")
	ModelAndView ofNewsletter(@PathVariable String slug, @RequestParam(defaultValue = "") String before,
			HttpServletRequest request) {
		Newsletter newsletter = newsletter(slug);
		Writing writing = this.writings.page(request, newsletter.language());
		Edition last = before.isEmpty() ? null : edition(newsletter, before);
		return new ModelAndView("edition/newsletter",
				Map.of("newsletter", list(newsletter, last, PAGE, writing), "canonical",
						this.publicUrl.of("/editions/{slug}", slug), "feed",
						this.publicUrl.of("/editions/{slug}.xml", slug), "older", last != null));
	}

	@GetMapping("/editions/{slug:[a-z0-9-]+}.xml")
	ResponseEntity<String> feed(@PathVariable String slug) {
		Newsletter newsletter = newsletter(slug);
		List<Entry> entries = this.archive.entries(newsletter.id(), null, FEED);
		return ResponseEntity.ok()
			.contentType(new MediaType("application", "rss+xml", StandardCharsets.UTF_8))
			.cacheControl(BRIEFLY)
			.body(this.feed.write(newsletter, entries, this.archive.headlines(entries)));
	}

	/** To the newest that readers have, which a draft is not. */
	@GetMapping("/editions/{slug:[a-z0-9-]+}/latest")
	ResponseEntity<Void> latest(@PathVariable String slug) {
		Newsletter newsletter = newsletter(slug);
		Entry newest = this.archive.entries(newsletter.id(), null, 1)
			.stream()
			.findFirst()
			.orElseThrow(NoSuchEditionException::new);
		return ResponseEntity.status(HttpStatus.FOUND)
			.location(UriComponentsBuilder.fromPath("/editions/{slug}/{label}").build(slug, newest.label()))
			.cacheControl(BRIEFLY)
			.build();
	}

	@GetMapping("/editions/{slug:[a-z0-9-]+}/{label}")
	ResponseEntity<String> webCopy(@PathVariable String slug, @PathVariable String label) {
		Newsletter newsletter = newsletter(slug);
		Edition edition = edition(newsletter, label);
		if (!edition.label().equals(label)) {
			return ResponseEntity.status(HttpStatus.FOUND)
				.location(UriComponentsBuilder.fromPath("/editions/{slug}/{label}").build(slug, edition.label()))
				.build();
		}
		Letter letter = this.renderer.webCopy(edition.id()).orElseThrow(NoSuchEditionException::new);
		return ResponseEntity.ok()
			.contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
			.cacheControl(BRIEFLY)
			.header("Content-Security-Policy", WEB_COPY_POLICY)
			.body(letter.html());
	}

	/**
	 * What readers of one variant got, where their mails link to. The same for all who
	 * ask, but not for search engines: the edition's own page is.
	 */
	@GetMapping("/editions/{slug:[a-z0-9-]+}/{label}/{variant:[1-9][0-9]{0,8}}")
	ResponseEntity<String> variant(@PathVariable String slug, @PathVariable String label, @PathVariable int variant) {
		Newsletter newsletter = newsletter(slug);
		Edition edition = edition(newsletter, label);
		Letter letter = this.renderer.webCopy(edition, newsletter, variant).orElseThrow(NoSuchEditionException::new);
		return ResponseEntity.ok()
			.contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
			.cacheControl(BRIEFLY)
			.header("Content-Security-Policy", WEB_COPY_POLICY)
			.header("X-Robots-Tag", "noindex")
			.body(letter.html());
	}

	@ExceptionHandler(NoSuchEditionException.class)
	ModelAndView notFound(HttpServletRequest request) {
		this.writings.page(request);
		return new ModelAndView("edition/not-found", HttpStatus.NOT_FOUND);
	}

	private Newsletter newsletter(String slug) {
		return this.newsletters.find(slug).orElseThrow(NoSuchEditionException::new);
	}

	private Edition edition(Newsletter newsletter, String label) {
		return this.editions.find(newsletter.id(), label)
			.filter(Archive::isPublic)
			.orElseThrow(NoSuchEditionException::new);
	}

	private Map<String, Object> list(Newsletter newsletter, @Nullable Edition before, int limit, Writing writing) {
		List<Entry> found = this.archive.entries(newsletter.id(), before, limit + 1);
		List<Entry> shown = found.stream().limit(limit).toList();
		Map<String, Object> list = new HashMap<>(Map.of("slug", newsletter.slug(), "name", newsletter.name(),
				"description", newsletter.description(), "language", newsletter.language()));
		list.put("entries", shown.stream().map((entry) -> line(entry, writing)).toList());
		if (found.size() > limit) {
			list.put("older", shown.get(limit - 1).label());
		}
		return list;
	}

	private static Map<String, String> line(Entry entry, Writing writing) {
		return Map.of("label", entry.label(), "date", entry.date().toString(), "day", writing.date(entry.date()),
				"subject", entry.subject(), "preheader", entry.preheader());
	}

	private static final class NoSuchEditionException extends RuntimeException {

		private static final long serialVersionUID = 1L;

	}

}
