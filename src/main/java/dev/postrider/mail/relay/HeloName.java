package dev.postrider.mail.relay;

import java.util.Objects;
import java.util.regex.Pattern;

import dev.postrider.mail.MailProperties;
import dev.postrider.mail.PublicUrl;

/**
 * How we greet a relay: by a full name, or by an address in brackets (RFC 5321 4.1.3 and
 * 4.1.4). Some relays turn away whoever says "localhost".
 */
final class HeloName {

	private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

	private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]+]");

	private static final Pattern FULL_NAME = Pattern
		.compile("(?i)(?=.{1,255}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+");

	private static final Pattern LITERAL = Pattern.compile("(?i)\\[(\\d{1,3}(\\.\\d{1,3}){3}|IPv6:[0-9a-f:.]+)]");

	private HeloName() {
	}

	/**
	 * The name of the settings, else the host readers reach us at.
	 * @throws IllegalStateException if the one in the settings is not to be said
	 */
	static String of(MailProperties properties, PublicUrl publicUrl) {
		String set = properties.heloName();
		if (set == null) {
			return ofHost(Objects.requireNonNull(publicUrl.base().getHost()));
		}
		if (IPV4.matcher(set).matches() || !(FULL_NAME.matcher(set).matches() || LITERAL.matcher(set).matches())) {
			throw new IllegalStateException("postrider.mail.helo-name is \"" + set
					+ "\"; it must be this machine's full name, such as mail.example.org, or [192.0.2.1]");
		}
		return set;
	}

	/** A host without a full name is this machine, as in the demo. */
	private static String ofHost(String host) {
		if (IPV4.matcher(host).matches()) {
			return "[" + host + "]";
		}
		if (IPV6.matcher(host).matches()) {
			return "[IPv6:" + host.substring(1);
		}
		return FULL_NAME.matcher(host).matches() ? host : "[127.0.0.1]";
	}

}
