package dev.postrider.edition.gate;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Addresses in a mail.
 */
final class Links {

	private Links() {
	}

	/** An address that can be one. */
	static Optional<URI> uri(String address) {
		try {
			return Optional.of(new URI(address.strip()));
		}
		catch (URISyntaxException ex) {
			// Templates and feeds write what they like; rules say so where it matters.
			return Optional.empty();
		}
	}

	/** Its host in lower case; empty where it has none. */
	static String host(String address) {
		return uri(address).map(URI::getHost).map((host) -> host.toLowerCase(Locale.ROOT)).orElse("");
	}

	/** Its scheme in lower case; empty where it has none. */
	static String scheme(String address) {
		return uri(address).map(URI::getScheme).map((scheme) -> scheme.toLowerCase(Locale.ROOT)).orElse("");
	}

	/** The page an address names, however it is written: ASCII, without a fragment. */
	static String page(String address) {
		String ascii = ascii(address);
		int fragment = ascii.indexOf('#');
		return (fragment > 0) ? ascii.substring(0, fragment) : ascii;
	}

	/** In ASCII, as mails have it. */
	static String ascii(String address) {
		return uri(address).map(URI::toASCIIString).orElse(address.strip());
	}

	static boolean isWeb(String address) {
		String scheme = scheme(address);
		return (scheme.equals("https") || scheme.equals("http")) && !host(address).isEmpty();
	}

}
