package dev.postrider.subscription.web;

import java.util.regex.Pattern;

import dev.postrider.subscription.list.Evidence;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * What a web request shows of where a consent came from. All of it is the sender's word
 * and cut to what the database takes.
 */
final class WebEvidence {

	private static final Pattern IP = Pattern.compile("[0-9a-fA-F:.]{3,45}");

	private static final int LONGEST = 400;

	private WebEvidence() {
	}

	static Evidence of(HttpServletRequest request, Evidence.Channel channel) {
		return new Evidence(channel, ip(request), cut(request.getHeader(HttpHeaders.USER_AGENT)), page(request));
	}

	/** The caller's address, or {@code null} when a proxy handed on something else. */
	static @Nullable String ip(HttpServletRequest request) {
		String address = request.getRemoteAddr();
		if (address == null) {
			return null;
		}
		int zone = address.indexOf('%');
		String bare = (zone < 0) ? address : address.substring(0, zone);
		bare = bare.replaceAll("[\\[\\]]", "");
		return IP.matcher(bare).matches() ? bare : null;
	}

	/** The page the form stood on; never our own address with its token. */
	private static @Nullable String page(HttpServletRequest request) {
		String referer = request.getHeader(HttpHeaders.REFERER);
		String path = request.getRequestURI();
		int token = path.indexOf('/', 1);
		return cut((referer != null) ? referer
				: path.startsWith("/embed/") || token < 0 ? path : path.substring(0, token));
	}

	private static @Nullable String cut(@Nullable String text) {
		if (text == null || text.isBlank()) {
			return null;
		}
		String clean = text.replaceAll("\\p{Cc}", " ");
		return (clean.length() <= LONGEST) ? clean : clean.substring(0, LONGEST);
	}

}
