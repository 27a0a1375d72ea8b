package dev.postrider.story.feed;

import java.net.IDN;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads the addresses that feeds really contain: with blanks, brackets, letters beyond
 * ASCII, relative ones.
 */
public final class WebAddress {

	/** RFC 3986, appendix B. */
	private static final Pattern PARTS = Pattern.compile("(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)(\\?[^#]*)?(#.*)?",
			Pattern.DOTALL);

	private static final Pattern SCHEME = Pattern.compile("\\s*[A-Za-z][A-Za-z0-9+.-]*:");

	private static final String ALLOWED = "-._~!$&'()*+,;=:@/?";

	private WebAddress() {
	}

	/**
	 * An address that is http or https and names a host.
	 * @param text as it was found
	 * @param base what a relative one is relative to, or {@code null}
	 * @return the absolute address, or empty when it is none that a reader could follow
	 */
	public static Optional<URI> http(@Nullable String text, @Nullable URI base) {
		return parse(text, base).filter((uri) -> uri.getHost() != null)
			.filter((uri) -> "http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
	}

	/**
	 * Any address, made absolute if a base is given.
	 * @param text as it was found
	 * @param base what a relative one is relative to, or {@code null}
	 * @return the address with scheme and host in lower case, or empty when there is no
	 * making sense of it
	 */
	public static Optional<URI> parse(@Nullable String text, @Nullable URI base) {
		if (text == null || text.isBlank()) {
			return Optional.empty();
		}
		Matcher parts = PARTS.matcher(text.strip().replaceAll("[\\r\\n\\t]", ""));
		if (!parts.matches()) {
			return Optional.empty();
		}
		try {
			URI uri = URI.create(assemble(parts));
			return Optional.of((base != null && !uri.isAbsolute()) ? resolve(base, uri) : uri);
		}
		catch (IllegalArgumentException ex) {
			// Host or scheme beyond repair: no address.
			return Optional.empty();
		}
	}

	/**
	 * The absolute form of a relative reference, its letters left as they are.
	 * @param reference as it was found
	 * @param base what it is relative to
	 * @return an http or https address; empty when the reference is absolute already or
	 * leads nowhere
	 */
	static Optional<String> absolute(String reference, URI base) {
		if (reference.isBlank() || base.isOpaque()) {
			return Optional.empty();
		}
		Optional<URI> resolved;
		try {
			URI uri = URI.create(reference.strip());
			resolved = uri.isAbsolute() ? Optional.empty() : Optional.of(resolve(base, uri));
		}
		catch (IllegalArgumentException ex) {
			// Not as it should be written: read as well as it can be.
			resolved = SCHEME.matcher(reference).lookingAt() ? Optional.empty() : parse(reference, base);
		}
		return resolved.map(URI::toString).filter((text) -> text.startsWith("http"));
	}

	private static String assemble(Matcher parts) {
		StringBuilder result = new StringBuilder();
		if (parts.group(1) != null) {
			result.append(parts.group(1).toLowerCase(Locale.ROOT)).append(':');
		}
		if (parts.group(2) != null) {
			result.append("//").append(authority(parts.group(2)));
		}
		result.append(encode(parts.group(3)));
		if (parts.group(4) != null) {
			result.append('?').append(encode(parts.group(4).substring(1)));
		}
		if (parts.group(5) != null) {
			result.append('#').append(encode(parts.group(5).substring(1)));
		}
		return result.toString();
	}

	private static String authority(String authority) {
		int at = authority.lastIndexOf('@');
		String host = authority.substring(at + 1);
		int colon = host.startsWith("[") ? host.indexOf(':', host.indexOf(']')) : host.indexOf(':');
		String port = (colon >= 0) ? host.substring(colon) : "";
		host = (colon >= 0) ? host.substring(0, colon) : host;
		boolean ascii = host.chars().allMatch((c) -> c < 128);
		return authority.substring(0, at + 1) + (ascii ? host : IDN.toASCII(host)).toLowerCase(Locale.ROOT)
				+ (port.equals(":") ? "" : port);
	}

	/**
	 * {@link URI#resolve} follows an older standard for references without a path, bases
	 * without one, and for those that climb above the root.
	 */
	private static URI resolve(URI base, URI reference) {
		if (reference.getRawAuthority() == null && reference.getRawPath().isEmpty() && !base.isOpaque()) {
			String start = base.toString().replaceFirst("#.*", "");
			String query = reference.getRawQuery();
			if (query != null) {
				start = start.replaceFirst("\\?.*", "") + "?" + query;
			}
			String fragment = reference.getRawFragment();
			return URI.create((fragment != null) ? start + "#" + fragment : start);
		}
		boolean bare = base.getRawAuthority() != null && base.getRawPath().isEmpty();
		URI resolved = (bare ? URI.create(base.getScheme() + "://" + base.getRawAuthority() + "/") : base)
			.resolve(reference);
		String path = resolved.getRawPath();
		int from = 0;
		while (path != null && path.startsWith("/../", from)) {
			from += 3;
		}
		if (from == 0) {
			return resolved;
		}
		String query = resolved.getRawQuery();
		return resolved.resolve(path.substring(from) + ((query != null) ? "?" + query : ""));
	}

	/** Escapes what may not stand in an address; an escape that is there stays. */
	private static String encode(String part) {
		StringBuilder result = new StringBuilder(part.length());
		for (int i = 0; i < part.length(); i += Character.charCount(part.codePointAt(i))) {
			int c = part.codePointAt(i);
			boolean escape = c == '%' && i + 2 < part.length() && HexFormat.isHexDigit(part.charAt(i + 1))
					&& HexFormat.isHexDigit(part.charAt(i + 2));
			if (escape || c < 128 && (Character.isLetterOrDigit(c) || ALLOWED.indexOf(c) >= 0)) {
				result.appendCodePoint(c);
			}
			else {
				for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
					result.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
				}
			}
		}
		return result.toString();
	}

}
