package dev.postrider.edition.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.postrider.edition.GateFinding;
import org.jsoup.nodes.Element;

import org.springframework.stereotype.Component;

/**
 * Links and pictures are https: what goes over http can be read and changed on its way,
 * and mail programs warn of it. Hosts that have no https are excepted by their names, see
 * {@link GateSettings#plainHttpHosts()}.
 */
@Component
class HttpsRule implements GateRule {

	private static final Set<String> ALLOWED = Set.of("https", "mailto", "tel");

	private final GateSettings settings;

	HttpsRule(GateSettings settings) {
		this.settings = settings;
	}

	@Override
	public String name() {
		return "https";
	}

	@Override
	public List<GateFinding> check(GateLetter letter) {
		List<GateFinding> findings = new ArrayList<>();
		for (Element element : letter.html().select("a[href], area[href], img[src], [background]")) {
			boolean link = element.hasAttr("href");
			String address = element.attr(link ? "href" : element.hasAttr("src") ? "src" : "background").strip();
			if (!address.isEmpty() && !address.startsWith("#") && !isFine(address)) {
				findings.add(GateFinding.error(name(), complaint(address), (link ? "Link " : "Picture ")
						+ (link ? GateLetter.quoted(EmptyLinkRule.words(element)) + " to " : "") + shown(address)));
			}
		}
		return findings.stream().distinct().toList();
	}

	private boolean isFine(String address) {
		String scheme = Links.scheme(address);
		return ALLOWED.contains(scheme)
				|| (scheme.equals("http") && this.settings.isPlainHttpAllowed(Links.host(address)));
	}

	private static String complaint(String address) {
		return switch (Links.scheme(address)) {
			case "http" -> "It is not https. Give the address that begins with https, or name " + Links.host(address)
					+ " in postrider.gate.plain-http-hosts if it has none.";
			case "" -> "This is no address that a mail program could follow: it needs https:// and a host.";
			default -> "Mail programs open no " + Links.scheme(address) + " address. It has to begin with https.";
		};
	}

	private static String shown(String address) {
		return (address.length() > 200) ? address.substring(0, 200) + "…" : address;
	}

}
