package dev.postrider.story.feed;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * What came back for an address.
 *
 * @param uri where it came from in the end, after redirects
 * @param contentType as the server gave it
 * @param contentLocation what the server says relative links are relative to
 * @param bytes the body, unpacked; empty when unchanged
 * @param etag to ask next time whether it changed
 * @param lastModified to ask next time whether it changed
 * @param unchanged it is what it was last time
 * @param movedTo where the server says it is from now on (301, 308), if not where it was
 * asked for
 */
public record Fetched(URI uri, @Nullable String contentType, @Nullable String contentLocation, byte[] bytes,
		@Nullable String etag, @Nullable String lastModified, boolean unchanged, @Nullable URI movedTo) {

	/** What came back from where it was looked for. */
	public Fetched(URI uri, @Nullable String contentType, @Nullable String contentLocation, byte[] bytes,
			@Nullable String etag, @Nullable String lastModified, boolean unchanged) {
		this(uri, contentType, contentLocation, bytes, etag, lastModified, unchanged, null);
	}

	/** The same without what makes it unchanged next time. */
	public Fetched forgotten() {
		return new Fetched(this.uri, this.contentType, this.contentLocation, this.bytes, null, null, this.unchanged,
				this.movedTo);
	}

	/** Text as if it came from an address without further word from the server. */
	public static Fetched of(URI uri, byte[] bytes) {
		return new Fetched(uri, null, null, bytes, null, null, false);
	}

}
