package dev.postrider.story.feed;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import dev.postrider.story.SourceException;

import org.springframework.stereotype.Component;

/**
 * Keeps the server from fetching what only it can reach: an editor, or a feed that
 * redirects, must not make it ask the inside of the network (SSRF).
 * <p>
 * The JVM keeps the answer of the name service for 30 seconds, and connects with that
 * answer. {@link WebClient} calls {@link #check} right before it connects and once more
 * before it takes the first byte of a reply, so a name that is made to change in between
 * ("DNS rebinding") gives nothing back. What remains is that such a request may reach the
 * inside, without its reply being read; it is a GET without cookies or credentials.
 */
@Component
public class AddressGuard {

	private final Set<String> allowedPrivateHosts;

	AddressGuard(StorySettings settings) {
		this.allowedPrivateHosts = settings.allowedPrivateHosts()
			.stream()
			.map((host) -> host.strip().toLowerCase(Locale.ROOT))
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Checks an address, asking the name service.
	 * @param uri http or https
	 * @throws SourceException when it is of another kind, its host is unknown, or one of
	 * the host's addresses is not public
	 */
	public void check(URI uri) {
		String host = uri.getHost();
		if (host == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
			throw new SourceException(
					"%s is not an address on the web: it must begin with http:// or https://".formatted(uri));
		}
		if (uri.getRawUserInfo() != null) {
			throw new SourceException(
					"The address on %s contains a user name or password, which are not sent".formatted(host));
		}
		if (this.allowedPrivateHosts.contains(host.toLowerCase(Locale.ROOT))) {
			return;
		}
		for (InetAddress address : resolve(host)) {
			if (!isPublic(address)) {
				throw new SourceException(("%s is a private address, which is not fetched from here. If it is meant, "
						+ "add the host to the setting postrider.story.allowed-private-hosts")
					.formatted(host));
			}
		}
	}

	private static InetAddress[] resolve(String host) {
		try {
			return InetAddress.getAllByName(host);
		}
		catch (UnknownHostException ex) {
			throw new SourceException("There is no host named %s".formatted(host), ex);
		}
	}

	static boolean isPublic(InetAddress address) {
		if (address.isAnyLocalAddress() || address.isLoopbackAddress() || address.isLinkLocalAddress()
				|| address.isSiteLocalAddress() || address.isMulticastAddress()) {
			return false;
		}
		byte[] bytes = address.getAddress();
		return (address instanceof Inet4Address) ? isPublic4(bytes) : isPublic6(bytes);
	}

	/** What the IANA registry of special-purpose addresses leaves over. */
	private static boolean isPublic4(byte[] bytes) {
		int first = bytes[0] & 0xff;
		int second = bytes[1] & 0xff;
		int third = bytes[2] & 0xff;
		return switch (first) {
			case 0 -> false;
			case 100 -> (second & 0xc0) != 64;
			case 192 -> second != 0 && !(second == 88 && third == 99);
			case 198 -> (second & 0xfe) != 18 && !(second == 51 && third == 100);
			case 203 -> !(second == 0 && third == 113);
			default -> first < 224;
		};
	}

	/** Global unicast is 2000::/3; in it lie tunnels and documentation. */
	private static boolean isPublic6(byte[] bytes) {
		int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
		int second = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
		boolean special = first == 0x2001 && (second < 0x200 || second == 0xdb8) || first == 0x2002;
		return (first & 0xe000) == 0x2000 && !special;
	}

}
