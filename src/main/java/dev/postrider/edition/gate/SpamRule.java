package dev.postrider.edition.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.postrider.edition.GateFinding;
import dev.postrider.edition.gate.Styles.Theme;
import org.jsoup.nodes.Element;

import org.springframework.stereotype.Component;

/**
 * What honest mail has no need of, and spam filters give points for: a shouting or
 * feigned subject, links that say one host and lead to another, links through shorteners
 * or to bare addresses of machines, words that nobody is to see, a mail that is all
 * picture.
 */
@Component
class SpamRule implements GateRule {

	private static final Map<Pattern, String> SUBJECTS = Map.of(Pattern.compile("[!?]{2,}"),
			"It has several exclamation or question marks in a row; one is enough.", Pattern.compile("[$€£]{2,}"),
			"It has several currency signs in a row.", Pattern.compile("(?i)^\\s*(re|fwd?|aw|wg)\\s*:"),
			"It looks like an answer or a forwarded mail, which it is not.");

	private static final Pattern CASED = Pattern.compile("[\\p{Lu}\\p{Ll}]");

	private static final Pattern DOMAIN = Pattern
		.compile("(?i)(?:https?://)?((?:[a-z0-9-]{1,63}\\.)+[a-z]{2,24})(?:/\\S*)?");

	private static final Pattern MACHINE = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[.*]");

	private static final Set<String> SHORTENERS = Set.of("bit.ly", "tinyurl.com", "t.co", "goo.gl", "ow.ly", "is.gd",
			"buff.ly", "cutt.ly", "rebrand.ly", "t.ly", "shorturl.at");

	/** A subject of so many letters may be a name. */
	private static final int SHOUTED = 12;

	/** Fewer letters than this beside pictures are hardly a mail. */
	private static final int WORDS = 200;

	private final GateSettings settings;

	SpamRule(GateSettings settings) {
		this.settings = settings;
	}

	@Override
	public String name() {
		return "spam";
	}

	@Override
	public List<GateFinding> check(GateLetter letter) {
		List<GateFinding> findings = new ArrayList<>();
		subject(letter, findings);
		for (Element link : letter.html().select("a[href]")) {
			link(link, findings);
		}
		hidden(letter, findings);
		if (letter.words().length() < WORDS && !letter.html().select("img").isEmpty()) {
			findings.add(GateFinding.warning(name(),
					"It is nearly all picture: readers who do not load pictures get nothing, and filters take it for spam.",
					"The HTML part"));
		}
		return findings.stream().distinct().toList();
	}

	private void subject(GateLetter letter, List<GateFinding> findings) {
		String subject = GateLetter.line(letter.letter().subject());
		SUBJECTS.forEach((pattern, complaint) -> {
			if (pattern.matcher(subject).find()) {
				findings.add(GateFinding.warning(name(), complaint, "The subject " + GateLetter.quoted(subject)));
			}
		});
		long cased = CASED.matcher(subject).results().count();
		if (cased >= SHOUTED && subject.codePoints().noneMatch(Character::isLowerCase)) {
			findings.add(GateFinding.warning(name(), "It is all capitals, which reads as shouting.",
					"The subject " + GateLetter.quoted(subject)));
		}
	}

	private void link(Element link, List<GateFinding> findings) {
		String address = link.attr("href");
		String host = Links.host(address);
		String words = GateLetter.line(link.text());
		String where = "Link " + GateLetter.quoted(words) + " to " + (host.isEmpty() ? address : host);
		var domain = DOMAIN.matcher(words);
		if (!host.isEmpty() && domain.matches() && !isSameSite(domain.group(1), host)) {
			findings.add(GateFinding.warning(name(),
					"It says " + domain.group(1) + " and leads to " + host + ": that is how phishing mails look.",
					where));
		}
		if (SHORTENERS.contains(host.startsWith("www.") ? host.substring(4) : host)) {
			findings.add(GateFinding.warning(name(),
					"It hides where it leads behind a shortener, which filters take for spam. Give the article's own address.",
					where));
		}
		if (MACHINE.matcher(host).matches() && !this.settings.isPlainHttpAllowed(host)) {
			findings.add(GateFinding.warning(name(), "It leads to a machine's number instead of a name.", where));
		}
	}

	private static boolean isSameSite(String said, String host) {
		String one = said.toLowerCase(java.util.Locale.ROOT).replaceFirst("^www\\.", "");
		String other = host.replaceFirst("^www\\.", "");
		return one.equals(other) || one.endsWith("." + other) || other.endsWith("." + one);
	}

	private void hidden(GateLetter letter, List<GateFinding> findings) {
		Styles styles = letter.styles(Theme.LIGHT);
		Element preheader = letter.preheaderElement();
		for (Element element : letter.html().body().getAllElements()) {
			boolean own = preheader != null && (element == preheader || element.parents().contains(preheader));
			if (!own && !GateLetter.line(element.ownText()).isEmpty()
					&& (styles.isHidden(element) || styles.size(element) < 2)) {
				findings.add(GateFinding.warning(name(),
						"These words are in the mail and nobody sees them, which is how spam fools filters.",
						"Hidden words " + GateLetter.quoted(element.ownText())));
			}
		}
	}

}
