package dev.postrider.mail.dkim;

import java.security.Provider;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.postrider.mail.MessageSigner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs by the domain in {@code From}, which is the one DMARC asks for (RFC 9989): each
 * thread with what it keeps from message to message.
 */
final class DkimSigner implements MessageSigner {

	private static final Logger logger = LoggerFactory.getLogger(DkimSigner.class);

	private final DkimKeys keys;

	private final Clock clock;

	private final ThreadLocal<SigningThread> threads;

	private final Set<String> unsigned = ConcurrentHashMap.newKeySet();

	/**
	 * Signs with these keys.
	 * @param keys at least one
	 * @param rsa who computes RSA signatures
	 */
	DkimSigner(DkimKeys keys, Provider rsa, Clock clock) {
		this.keys = keys;
		this.clock = clock;
		this.threads = ThreadLocal.withInitial(() -> new SigningThread(rsa));
	}

	@Override
	public byte[] sign(byte[] message) {
		SigningThread thread = this.threads.get();
		String domain = thread.senderDomain(message);
		Instant now = this.clock.instant();
		List<DkimKey> signing = this.keys.signing(domain, now);
		if (signing.isEmpty()) {
			if (this.unsigned.add(domain)) {
				logger.warn(
						"Mail from {} leaves without a DKIM signature: postrider.dkim.keys has none for that domain",
						domain);
			}
			return message;
		}
		return thread.sign(message, signing, now);
	}

	@Override
	public boolean signs(String domain) {
		return !this.keys.signing(domain.toLowerCase(Locale.ROOT), this.clock.instant()).isEmpty();
	}

}
