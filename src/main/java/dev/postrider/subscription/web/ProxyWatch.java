package dev.postrider.subscription.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.AccessLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Notices a proxy that was forgotten among the trusted ones: it names its visitors, is
 * not heard, and so all of them count as one. Only on private networks: anybody else who
 * names somebody may be a visitor that lies.
 */
@Component
class ProxyWatch extends OncePerRequestFilter {

	private static final Logger logger = LoggerFactory.getLogger(ProxyWatch.class);

	private static final Duration LATELY = Duration.ofHours(1);

	private final Clock clock;

	private volatile @Nullable Seen last;

	ProxyWatch(Clock clock) {
		this.clock = clock;
	}

	/** The last one within an hour. */
	Optional<String> unheard() {
		Instant since = this.clock.instant().minus(LATELY);
		return Optional.ofNullable(this.last).filter((seen) -> seen.at().isAfter(since)).map(Seen::ip);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		// Tomcat leaves this on a request whose proxy it trusted.
		if (request.getHeader("X-Forwarded-For") != null
				&& request.getAttribute(AccessLog.REMOTE_ADDR_ATTRIBUTE) == null) {
			String ip = WebEvidence.ip(request);
			if (ip != null && isPrivate(ip)) {
				note(ip);
			}
		}
		chain.doFilter(request, response);
	}

	private void note(String ip) {
		Seen before = this.last;
		this.last = new Seen(ip, this.clock.instant());
		if (before == null || !before.ip().equals(ip)) {
			logger
				.warn("Requests come through {}, which is not trusted: those who come through it count as one visitor. "
						+ "If it is your proxy, name it in POSTRIDER_TRUSTED_PROXIES", ip);
		}
	}

	private static boolean isPrivate(String ip) {
		try {
			// A literal, by WebEvidence's expression: nothing is looked up.
			InetAddress address = InetAddress.getByName(ip);
			byte[] bytes = address.getAddress();
			boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xFE) == 0xFC;
			boolean shared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xC0) == 64;
			return uniqueLocal || shared || address.isSiteLocalAddress() || address.isLinkLocalAddress()
					|| address.isLoopbackAddress();
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

	private record Seen(String ip, Instant at) {
	}

}
