package dev.postrider.story.feed;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.postrider.story.SourceException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Fetches a feed from the web or from the allowed folder, if it changed since last time.
 */
@Component
public class FeedFetcher {

	private static final String ACCEPT = "application/rss+xml, application/atom+xml, application/rdf+xml, "
			+ "application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5";

	private final WebClient web;

	private final FolderFiles files;

	private final AddressGuard guard;

	FeedFetcher(WebClient web, FolderFiles files, AddressGuard guard) {
		this.web = web;
		this.files = files;
		this.guard = guard;
	}

	/**
	 * Checks that an address may be a source, without fetching it.
	 * @param url what somebody typed
	 * @return the address as it is kept
	 * @throws SourceException says why not
	 */
	public URI check(String url) {
		URI uri = WebAddress.parse(url, null)
			.filter(URI::isAbsolute)
			.orElseThrow(() -> new SourceException(
					"\"%s\" is not an address: it must begin with https://".formatted(url.strip())));
		if ("file".equals(uri.getScheme())) {
			this.files.check(uri);
		}
		else {
			this.guard.check(uri);
		}
		return uri;
	}

	/**
	 * Fetches a feed.
	 * @param uri http, https or file
	 * @param etag what the server gave last time, if anything
	 * @param lastModified what the server gave last time, if anything
	 * @return the feed's bytes, or word that it is unchanged
	 * @throws SourceException when it may not or cannot be fetched; says why
	 */
	public Fetched fetch(URI uri, @Nullable String etag, @Nullable String lastModified) {
		if ("file".equals(uri.getScheme())) {
			return this.files.get(uri, lastModified);
		}
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("Accept", ACCEPT);
		if (etag != null) {
			headers.put("If-None-Match", etag);
		}
		if (lastModified != null) {
			headers.put("If-Modified-Since", lastModified);
		}
		return this.web.get(uri, headers);
	}

}
