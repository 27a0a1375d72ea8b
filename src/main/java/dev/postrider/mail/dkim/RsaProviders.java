package dev.postrider.mail.dkim;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.postrider.mail.dkim.DkimKey.Algorithm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who computes RSA signatures: Java's own provider, or one in native code where it is on
 * the classpath and faster on this machine.
 */
final class RsaProviders {

	private static final Logger logger = LoggerFactory.getLogger(RsaProviders.class);

	/** Each made by its constructor without arguments; none becomes the JVM's own. */
	private static final List<String> NATIVE = List.of("org.conscrypt.OpenSSLProvider",
			"com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider");

	private static final int ROUNDS = 4;

	private static final long ROUND = TimeUnit.MILLISECONDS.toNanos(60);

	/** A tenth faster, or it is not worth another library. */
	private static final double WORTH = 1.1;

	private RsaProviders() {
	}

	/** Java's own, then those on the classpath that work here. */
	static List<Provider> available() {
		List<Provider> found = new ArrayList<>();
		found.add(Objects.requireNonNull(Security.getProviders("Signature.SHA256withRSA"),
				"Every Java platform has SHA256withRSA")[0]);
		for (String name : NATIVE) {
			try {
				Provider provider = (Provider) Class.forName(name).getDeclaredConstructor().newInstance();
				if (provider.getService("Signature", "SHA256withRSA") != null) {
					found.add(provider);
				}
				else {
					logger.warn("{} is on the classpath and does not work on this machine", name);
				}
			}
			catch (ClassNotFoundException ex) {
				// Not on the classpath, as usual.
				logger.debug("{} is not on the classpath", name);
			}
			catch (ReflectiveOperationException | LinkageError | RuntimeException ex) {
				logger.warn("{} is on the classpath and does not work on this machine", name, ex);
			}
		}
		return found;
	}

	/**
	 * The fastest for these keys, measured if there is a choice; takes a second then.
	 */
	static Provider fastest(List<DkimKey> keys) {
		List<Provider> available = available();
		DkimKey key = keys.stream().filter((one) -> one.algorithm() == Algorithm.RSA).findFirst().orElse(null);
		if (available.size() == 1 || key == null) {
			return available.get(0);
		}
		Map<Provider, Double> rates = new LinkedHashMap<>();
		// In turns: the compiler warms up, and what else the machine does hits all.
		for (int i = 0; i < ROUNDS; i++) {
			for (Provider provider : available) {
				rates.merge(provider, rate(key, provider), Math::max);
			}
		}
		Provider best = available.get(0);
		for (Provider provider : available) {
			if (rates.getOrDefault(provider, 0D) > rates.getOrDefault(best, 0D) * WORTH) {
				best = provider;
			}
		}
		logger.info("DKIM signs by {}; RSA signatures a second: {}", best.getName(),
				rates.entrySet()
					.stream()
					.map((rate) -> rate.getKey().getName() + " " + Math.round(rate.getValue()))
					.collect(Collectors.joining(", ")));
		return best;
	}

	private static double rate(DkimKey key, Provider provider) {
		try {
			KeySignature signature = new KeySignature(key, provider);
			Bytes data = new Bytes();
			data.add("postrider");
			// Of the processor's time: at a start the machine is busy with much else.
			ThreadMXBean threads = ManagementFactory.getThreadMXBean();
			long from = threads.getCurrentThreadCpuTime();
			long count = 0;
			long spent = 0;
			while (spent < ROUND) {
				signature.sign(data);
				count++;
				spent = threads.getCurrentThreadCpuTime() - from;
			}
			return count * 1e9 / spent;
		}
		catch (GeneralSecurityException ex) {
			logger.warn("{} cannot sign with the key {}", provider.getName(), key, ex);
			return 0;
		}
	}

}
