package dev.postrider.testing;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.conscrypt.Conscrypt;

/**
 * Bare RSA-2048 signatures, by whichever provider makes more of them, on all cores.
 */
public final class SignatureRate {

	private static final long ROUND = 2_000_000_000L;

	private SignatureRate() {
	}

	/** Signatures a second, all cores together; the best of three rounds. */
	public static double ofAllCores() throws GeneralSecurityException {
		double best = 0;
		for (int i = 0; i < 3; i++) {
			for (Provider provider : List.of(Conscrypt.newProvider(),
					Security.getProviders("Signature.SHA256withRSA")[0])) {
				best = Math.max(best, rate(provider));
			}
		}
		return best;
	}

	private static double rate(Provider provider) throws GeneralSecurityException {
		PrivateKey key = KeyFactory.getInstance("RSA", provider)
			.generatePrivate(new PKCS8EncodedKeySpec(TestKeys.rsa().getPrivate().getEncoded()));
		int cores = Runtime.getRuntime().availableProcessors();
		ExecutorService threads = Executors.newFixedThreadPool(cores);
		List<Future<Double>> rates = new ArrayList<>();
		for (int i = 0; i < cores; i++) {
			rates.add(threads.submit(() -> oneThread(provider, key)));
		}
		threads.shutdown();
		double sum = 0;
		for (Future<Double> rate : rates) {
			try {
				sum += rate.get();
			}
			catch (InterruptedException | ExecutionException ex) {
				throw new IllegalStateException(ex);
			}
		}
		return sum;
	}

	private static double oneThread(Provider provider, PrivateKey key) throws GeneralSecurityException {
		Signature signature = Signature.getInstance("SHA256withRSA", provider);
		signature.initSign(key);
		byte[] header = new byte[1500];
		long from = System.nanoTime();
		long count = 0;
		while (System.nanoTime() - from < ROUND) {
			signature.update(header);
			signature.sign();
			count++;
		}
		return count * 1e9 / (System.nanoTime() - from);
	}

}
