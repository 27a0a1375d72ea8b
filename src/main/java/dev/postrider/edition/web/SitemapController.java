package dev.postrider.edition.web;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import dev.postrider.edition.web.Archive.Entry;
import dev.postrider.mail.PublicUrl;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells search engines what there is to find: the archive. Readers' own pages say
 * themselves that they are not.
 */
@RestController
class SitemapController {

	private static final String NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9";

	/** A sitemap holds 50,000 addresses (sitemaps.org); ours do with far fewer. */
	private static final int MOST = 40_000;

	private static final CacheControl HOURLY = CacheControl.maxAge(Duration.ofHours(1)).cachePublic();

	private final XMLOutputFactory factory = XMLOutputFactory.newFactory();

	private final Newsletters newsletters;

	private final Archive archive;

	private final PublicUrl publicUrl;

	SitemapController(Newsletters newsletters, Archive archive, PublicUrl publicUrl) {
		this.newsletters = newsletters;
		this.archive = archive;
		this.publicUrl = publicUrl;
	}

	@GetMapping("/robots.txt")
	ResponseEntity<String> robots() {
		return ResponseEntity.ok()
			.contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
			.cacheControl(HOURLY)
			.body("User-agent: *\nDisallow: /api/\nDisallow: /desk\nDisallow: /monitor\n\nSitemap: "
					+ this.publicUrl.of("/sitemap.xml") + "\n");
	}

	@GetMapping("/sitemap.xml")
	ResponseEntity<String> sitemap() {
		try {
			return ResponseEntity.ok()
				.contentType(new MediaType(MediaType.APPLICATION_XML, StandardCharsets.UTF_8))
				.cacheControl(HOURLY)
				.body(write());
		}
		catch (XMLStreamException ex) {
			throw new IllegalStateException("The sitemap could not be written", ex);
		}
	}

	private String write() throws XMLStreamException {
		StringWriter out = new StringWriter();
		XMLStreamWriter xml = this.factory.createXMLStreamWriter(out);
		xml.writeStartDocument("UTF-8", "1.0");
		xml.writeStartElement("urlset");
		xml.writeDefaultNamespace(NAMESPACE);
		page(xml, this.publicUrl.of("/editions"), null);
		int left = MOST;
		for (Newsletter newsletter : this.newsletters.all()) {
			page(xml, this.publicUrl.of("/") + "?newsletter=" + newsletter.slug(), null);
			page(xml, this.publicUrl.of("/editions/{slug}", newsletter.slug()), null);
			for (Entry entry : this.archive.entries(newsletter.id(), null, left)) {
				page(xml, this.publicUrl.of("/editions/{slug}/{label}", newsletter.slug(), entry.label()),
						entry.publishedAt());
				left--;
			}
		}
		xml.writeEndDocument();
		xml.close();
		return out.toString();
	}

	private static void page(XMLStreamWriter xml, String address, @Nullable Instant changedAt)
			throws XMLStreamException {
		xml.writeStartElement("url");
		xml.writeStartElement("loc");
		xml.writeCharacters(address);
		xml.writeEndElement();
		if (changedAt != null) {
			xml.writeStartElement("lastmod");
			xml.writeCharacters(changedAt.truncatedTo(ChronoUnit.SECONDS).toString());
			xml.writeEndElement();
		}
		xml.writeEndElement();
	}

}
