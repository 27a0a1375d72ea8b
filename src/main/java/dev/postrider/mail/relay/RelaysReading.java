package dev.postrider.mail.relay;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import dev.postrider.mail.MailProperties.Tls;
import dev.postrider.mail.relay.RelaysProperties.OAuth2;
import dev.postrider.mail.relay.RelaysProperties.One;
import dev.postrider.mail.relay.RelaysProperties.WarmUp;
import org.jspecify.annotations.Nullable;

/**
 * From the settings as they are written to relays that work, or to a list of all that is
 * wrong.
 */
final class RelaysReading {

	/** It stands in the ledger, in web addresses and in metrics. */
	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}");

	private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_\\[\\]-]{1,253}");

	/** An address that may be this machine's, not a name, so the DNS is not asked. */
	private static final Pattern LITERAL = Pattern
		.compile("127(\\.(25[0-5]|2[0-4]\\d|[01]?\\d?\\d)){3}|\\[?[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*]?");

	private final Tls usualTls;

	private final List<String> problems = new ArrayList<>();

	private final Set<String> names = new HashSet<>();

	private RelaysReading(Tls usualTls) {
		this.usualTls = usualTls;
	}

	/**
	 * The relays, in the order in which they are tried.
	 * @param several those of {@code postrider.mail.relays}
	 * @param spring the one that is used if there are none
	 * @param usualTls of those that do not say
	 * @throws WrongRelaysException naming everything that is wrong
	 */
	static List<RelaySettings> read(List<One> several, SpringMailProperties spring, Tls usualTls) {
		RelaysReading reading = new RelaysReading(usualTls);
		List<RelaySettings> relays = new ArrayList<>();
		if (several.isEmpty()) {
			relays.add(reading.spring(spring));
		}
		for (int i = 0; i < several.size(); i++) {
			relays.add(reading.one("postrider.mail.relays[" + i + "].", several.get(i)));
		}
		if (!reading.problems.isEmpty()) {
			throw new WrongRelaysException(reading.problems);
		}
		// Stable: those of one order stay as they are written.
		return relays.stream().sorted((a, b) -> Integer.compare(a.order(), b.order())).toList();
	}

	/** Encryption is required of any relay but one on this machine. */
	static Tls tls(Tls wanted, String host) {
		if (wanted != Tls.AUTO) {
			return wanted;
		}
		return isThisMachine(host) ? Tls.NONE : Tls.STARTTLS;
	}

	/**
	 * By what is written alone: an answer of the DNS may be another's, or another later.
	 */
	private static boolean isThisMachine(String host) {
		if (host.equalsIgnoreCase("localhost")) {
			return true;
		}
		try {
			return LITERAL.matcher(host).matches() && InetAddress.getByName(host).isLoopbackAddress();
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

	/** The one relay of Spring's settings. */
	private RelaySettings spring(SpringMailProperties spring) {
		String username = textOf(spring.username());
		String password = textOf(spring.password());
		login("spring.mail.", username, password);
		String address = spring.host() + ":" + spring.port();
		return new RelaySettings(address.substring(0, Math.min(address.length(), 100)), spring.host(), spring.port(),
				username, password, null, tls(this.usualTls, spring.host()), null, 1, 1, Limits.NONE);
	}

	private RelaySettings one(String at, One one) {
		String host = (one.host() != null) ? one.host() : "";
		check(!host.isEmpty(), at + "host is missing: the name or address of the relay");
		check(host.isEmpty() || HOST.matcher(host).matches(),
				at + "host is \"" + host + "\"; it must be a host's name in its ASCII form, or an address");
		Tls tls = tls((one.tls() != null) ? one.tls() : this.usualTls, host.isEmpty() ? "127.0.0.1" : host);
		String username = textOf(one.username());
		String password = textOf(one.password());
		int port = (one.port() != null) ? one.port() : usualPort(username, tls);
		check(port >= 1 && port <= 65_535, at + "port is " + port + "; it must be between 1 and 65535");
		String name = (one.name() != null) ? one.name() : host + ":" + port;
		check(host.isEmpty() || NAME.matcher(name).matches(), at + "name is \"" + name
				+ "\"; it must be letters, digits, \".\", \"_\", \":\" and \"-\", at most 100");
		check(host.isEmpty() || this.names.add(name.toLowerCase(Locale.ROOT)),
				at + "name is \"" + name + "\", as another relay's is; each needs its own");
		check(one.order() >= 0, at + "order is " + one.order() + "; it must be 0 or more");
		check(one.weight() >= 1 && one.weight() <= 1000,
				at + "weight is " + one.weight() + "; it must be between 1 and 1000");
		if (one.oauth2() == null) {
			login(at, username, password);
		}
		else {
			check(username != null, at + "username is missing: oauth2 needs the mailbox it is for");
			check(password == null, at + "password is set beside oauth2; one of them must go");
			oauth2(at + "oauth2.", one.oauth2());
		}
		Limits limits = new Limits(limit(at + "connections", one.connections()),
				limit(at + "per-second", one.perSecond()), limit(at + "per-hour", one.perHour()),
				limit(at + "per-day", one.perDay()), one.warmUp());
		warmUp(at + "warm-up.", one.warmUp());
		return new RelaySettings(name, host, port, username, password, one.oauth2(), tls, one.sslBundle(), one.order(),
				one.weight(), limits);
	}

	private static int usualPort(@Nullable String username, Tls tls) {
		return (tls == Tls.IMPLICIT) ? 465 : (username != null) ? 587 : 25;
	}

	/** Left blank, as by an environment variable that is not set, is left out. */
	private static @Nullable String textOf(@Nullable String setting) {
		return (setting == null || setting.isBlank()) ? null : setting;
	}

	/** Half a login would be none, and nobody would be told. */
	private void login(String at, @Nullable String username, @Nullable String password) {
		check(username != null || password == null, at + "username is missing, though a password is set");
		check(username == null || password != null, at + "password is missing, though a username is set");
	}

	private void oauth2(String at, OAuth2 oauth2) {
		if (oauth2.accessToken() != null) {
			check(oauth2.tokenUri() == null, at + "token-uri is set beside access-token; one of them must go");
			return;
		}
		URI endpoint = oauth2.tokenUri();
		if (endpoint == null) {
			this.problems.add(at + "token-uri is missing, and so is access-token: one of them must say where the "
					+ "token comes from");
		}
		else {
			String host = endpoint.getHost();
			// Our secret goes there.
			check(host != null && ("https".equals(endpoint.getScheme())
					|| ("http".equals(endpoint.getScheme()) && tls(Tls.AUTO, host) == Tls.NONE)),
					at + "token-uri is \"" + endpoint + "\"; it must begin with https://");
		}
		check(oauth2.clientId() != null, at + "client-id is missing: who we are at the token endpoint");
		check(oauth2.clientSecret() != null || oauth2.refreshToken() != null,
				at + "client-secret is missing, and so is refresh-token: one of them must prove who we are");
	}

	private void warmUp(String at, @Nullable WarmUp warmUp) {
		if (warmUp != null) {
			check(warmUp.from() != null, at + "from is missing: the first day, such as 2027-01-31");
			check(warmUp.first() >= 1, at + "first is " + warmUp.first() + "; it must be 1 or more");
			check(warmUp.factor() >= 1 && warmUp.factor() <= 10,
					at + "factor is " + warmUp.factor() + "; it must be between 1 and 10");
		}
	}

	private int limit(String at, @Nullable Integer limit) {
		check(limit == null || limit >= 1, at + " is " + limit + "; it must be 1 or more, or left out for no limit");
		return (limit != null) ? Math.max(limit, 0) : 0;
	}

	private void check(boolean right, String problem) {
		if (!right) {
			this.problems.add(problem);
		}
	}

}
