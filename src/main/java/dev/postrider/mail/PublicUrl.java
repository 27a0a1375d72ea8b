package dev.postrider.mail;

import java.net.URI;

import org.springframework.web.util.UriComponentsBuilder;

/**
 * The address at which readers and staff reach this Postrider; every link in a mail
 * starts with it. Never ends in a slash.
 *
 * @param base the value of {@code postrider.base-url}, for example
 * {@code https://news.example}
 */
public record PublicUrl(URI base) {

	public PublicUrl {
		String text = base.toString();
		base = text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : base;
	}

	/**
	 * The absolute address of a page.
	 * @param path a path from the root with {@code {…}} for each value, such as
	 * {@code /confirm/{token}}
	 * @param values what stands for the variables; encoded as path segments
	 * @return the address
	 */
	public String of(String path, Object... values) {
		return UriComponentsBuilder.fromUri(this.base).path(path).encode().buildAndExpand(values).toUriString();
	}

}
