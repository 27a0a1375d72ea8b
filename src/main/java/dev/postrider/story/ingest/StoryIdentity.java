package dev.postrider.story.ingest;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What makes two addresses the same story: scheme and host in lower case, no default
 * port, no fragment, and none of the parameters that only tell where a click came from.
 */
public final class StoryIdentity {

	private static final Set<String> TRACKING = Set.of("fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid",
			"msclkid", "yclid", "twclid", "ttclid", "li_fat_id", "igshid", "mc_cid", "mc_eid", "wt_mc", "wt_zmc",
			"_hsenc", "_hsmi", "mkt_tok", "vero_id", "oly_anon_id", "oly_enc_id", "at_medium", "at_campaign",
			"at_custom1", "at_custom2", "at_custom3", "at_custom4", "ns_campaign", "ns_mchannel", "ns_source",
			"ns_linkname", "ns_fee", "xtor", "cmpid", "cmp", "ocid", "ncid", "ito", "smid", "s_cid",
			"__twitter_impression");

	private StoryIdentity() {
	}

	/**
	 * The canonical form of an address, which is the one that is stored and mailed.
	 * @param uri http or https, absolute
	 */
	public static String canonical(URI uri) {
		StringBuilder result = new StringBuilder();
		String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
		result.append(scheme).append("://").append(uri.getHost().toLowerCase(Locale.ROOT));
		boolean defaultPort = uri.getPort() < 0 || uri.getPort() == (scheme.equals("https") ? 443 : 80);
		if (!defaultPort) {
			result.append(':').append(uri.getPort());
		}
		String path = uri.getRawPath();
		result.append((path == null || path.isEmpty()) ? "/" : path);
		if (uri.getRawQuery() != null) {
			String query = Arrays.stream(uri.getRawQuery().split("&"))
				.filter((parameter) -> !parameter.isEmpty() && !isTracking(parameter))
				.collect(Collectors.joining("&"));
			result.append(query.isEmpty() ? "" : "?" + query);
		}
		return result.toString();
	}

	private static boolean isTracking(String parameter) {
		String name = parameter.replaceFirst("=.*", "").toLowerCase(Locale.ROOT);
		return name.startsWith("utm_") || TRACKING.contains(name);
	}

	/** SHA-256 of an address. */
	public static byte[] hash(String canonical) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256", ex);
		}
	}

}
