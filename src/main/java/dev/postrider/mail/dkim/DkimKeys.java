package dev.postrider.mail.dkim;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

import dev.postrider.mail.dkim.DkimKey.Algorithm;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The private keys of the settings, read and checked once.
 */
final class DkimKeys {

	private static final Logger logger = LoggerFactory.getLogger(DkimKeys.class);

	private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9_.-]{0,251}[a-z0-9])?");

	/** Receivers refuse shorter ones (RFC 8301 3.2). */
	private static final int SHORTEST = 1024;

	private static final int ADVISED = 2048;

	/** Receivers need not know longer ones (RFC 8301 3.2). */
	private static final int LONGEST = 4096;

	private final List<DkimKey> keys;

	DkimKeys(List<DkimKey> keys) {
		this.keys = List.copyOf(keys);
	}

	/**
	 * Reads the keys of the settings.
	 * @throws IllegalStateException naming the setting, and what is wrong with it
	 */
	static DkimKeys of(DkimProperties properties) {
		List<DkimKey> keys = new ArrayList<>();
		for (int i = 0; i < properties.keys().size(); i++) {
			String setting = "postrider.dkim.keys[" + i + "]";
			DkimKey key = read(setting, properties.keys().get(i));
			for (DkimKey other : keys) {
				if (other.selector().equals(key.selector()) && other.domain().equals(key.domain())) {
					throw new IllegalStateException(setting + " names " + key.selector() + "._domainkey." + key.domain()
							+ " a second time; each key needs a selector of its own");
				}
			}
			keys.add(key);
		}
		return new DkimKeys(keys);
	}

	boolean isEmpty() {
		return this.keys.isEmpty();
	}

	List<DkimKey> all() {
		return this.keys;
	}

	/**
	 * The keys that sign now for a sender: of each algorithm that of the longest domain
	 * that fits, for not all receivers know Ed25519.
	 * @return RSA first; empty if the domain has none
	 */
	List<DkimKey> signing(String sender, Instant now) {
		DkimKey rsa = null;
		DkimKey ed25519 = null;
		for (DkimKey key : this.keys) {
			if (!now.isBefore(key.from()) && key.isFor(sender)) {
				if (key.algorithm() == Algorithm.RSA) {
					rsa = nearer(rsa, key);
				}
				else {
					ed25519 = nearer(ed25519, key);
				}
			}
		}
		if (rsa == null) {
			return (ed25519 != null) ? List.of(ed25519) : List.of();
		}
		return (ed25519 != null) ? List.of(rsa, ed25519) : List.of(rsa);
	}

	/** That of the longer domain; of one domain the newer; else the one named later. */
	private static DkimKey nearer(@Nullable DkimKey a, DkimKey b) {
		if (a == null || a.domain().length() < b.domain().length()) {
			return b;
		}
		return (a.domain().length() > b.domain().length() || a.from().isAfter(b.from())) ? a : b;
	}

	private static DkimKey read(String setting, DkimProperties.Key key) {
		String domain = name(setting + ".domain", key.domain(), "news.example.org");
		String selector = name(setting + ".selector", key.selector(), "postrider2026");
		PrivateKey privateKey = privateKey(setting, key);
		Algorithm algorithm = Algorithm.RSA;
		if (privateKey instanceof RSAKey rsa) {
			checkLength(setting, rsa.getModulus().bitLength());
		}
		else {
			algorithm = Algorithm.ED25519;
		}
		return new DkimKey(domain, selector, algorithm, privateKey,
				Objects.requireNonNullElse(key.from(), Instant.MIN));
	}

	private static String name(String setting, @Nullable String value, String example) {
		if (value == null || value.isBlank()) {
			throw new IllegalStateException(setting + " is missing; it is a name such as " + example);
		}
		String name = value.strip().toLowerCase(Locale.ROOT);
		if (!isName(name)) {
			throw new IllegalStateException(setting + " is \"" + value + "\"; it must be a name such as " + example);
		}
		return name;
	}

	/** Whether it can be a name in the DNS, or part of one; in lower case. */
	static boolean isName(String name) {
		return NAME.matcher(name).matches() && !name.contains("..");
	}

	private static PrivateKey privateKey(String setting, DkimProperties.Key key) {
		Path file = key.file();
		String pem = key.pem();
		if ((file == null) == (pem == null)) {
			throw new IllegalStateException(setting + " needs either .file or .pem with its private key");
		}
		if (pem != null) {
			return parse(setting + ".pem", pem);
		}
		Path named = Objects.requireNonNull(file);
		try {
			return parse(setting + ".file (" + named + ")", Files.readString(named));
		}
		catch (IOException ex) {
			throw new IllegalStateException(setting + ".file is " + named + ", which cannot be read: " + reason(ex),
					ex);
		}
	}

	private static PrivateKey parse(String where, String pem) {
		try {
			return Pem.privateKey(pem);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalStateException(where + " " + ex.getMessage(), ex);
		}
	}

	private static String reason(IOException ex) {
		return (ex instanceof NoSuchFileException) ? "there is no such file" : (ex instanceof AccessDeniedException)
				? "this account may not read it" : String.valueOf(ex.getMessage());
	}

	private static void checkLength(String setting, int bits) {
		if (bits < SHORTEST || bits > LONGEST) {
			throw new IllegalStateException(setting + " is an RSA key of " + bits + " bits; receivers take " + SHORTEST
					+ " to " + LONGEST + ", and " + ADVISED + " is advised");
		}
		if (bits < ADVISED) {
			logger.warn("{} is an RSA key of {} bits; make one of {} with: java -jar postrider.jar dkim-key", setting,
					bits, ADVISED);
		}
	}

}
