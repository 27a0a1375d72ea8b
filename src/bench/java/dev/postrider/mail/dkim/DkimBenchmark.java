package dev.postrider.mail.dkim;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import dev.postrider.mail.MessageSigner;
import dev.postrider.mail.dkim.DkimKey.Algorithm;
import dev.postrider.testing.Figures;
import dev.postrider.testing.TestKeys;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code mvn -q -Pbench verify -Dbench=dkim}: how many messages of 20 KB one core signs a second,
 * beside how many bare RSA-2048 signatures the same provider makes of the same header. The
 * whole way counts: hashing the body, signing, folding, and the copy with its signature.
 */
@Tag("bench")
@Tag("dkim")
class DkimBenchmark {

	private static final int ROUNDS = 9;

	private static final long ROUND = TimeUnit.MILLISECONDS.toNanos(300);

	private static final DkimKey RSA = key("s1", Algorithm.RSA);

	private static final DkimKey ED25519 = key("e1", Algorithm.ED25519);

	@Test
	void dkim() throws GeneralSecurityException {
		byte[] message = message();
		for (Provider provider : RsaProviders.available()) {
			Work bare = bare(provider, message);
			Work whole = signing(provider, message, RSA);
			Work both = signing(provider, message, RSA, ED25519);
			List<Double> bareRates = new ArrayList<>();
			List<Double> wholeRates = new ArrayList<>();
			List<Double> bothRates = new ArrayList<>();
			List<Double> ratios = new ArrayList<>();
			for (int i = -3; i < ROUNDS; i++) {
				// Side by side, so that what else the machine does hits both.
				double before = rate(bare);
				double signed = rate(whole);
				double after = rate(bare);
				double second = rate(both);
				if (i >= 0) {
					bareRates.add((before + after) / 2);
					wholeRates.add(signed);
					bothRates.add(second);
					ratios.add(signed / ((before + after) / 2));
				}
			}
			Figures.of("dkim-" + provider.getName().toLowerCase(Locale.ROOT))
				.add("bytes", message.length)
				.add("bare_rsa_per_s", Math.round(median(bareRates)))
				.add("signed_per_s", Math.round(median(wholeRates)))
				.add("ratio", median(ratios))
				.add("with_ed25519_per_s", Math.round(median(bothRates)))
				.print();
		}
	}

	private static Work bare(Provider provider, byte[] message) throws GeneralSecurityException {
		KeySignature signature = new KeySignature(RSA, provider);
		Fields fields = new Fields();
		fields.read(message);
		Bytes header = new Bytes();
		header.add(message, 0, fields.bodyStart());
		return () -> signature.sign(header).length;
	}

	private static Work signing(Provider provider, byte[] message, DkimKey... keys) {
		MessageSigner signer = new DkimSigner(new DkimKeys(List.of(keys)), provider, Clock.systemUTC());
		return () -> signer.sign(message).length;
	}

	private static double rate(Work work) throws GeneralSecurityException {
		// Of the processor's time, so that a busy machine does not make it worse.
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long from = threads.getCurrentThreadCpuTime();
		long count = 0;
		long bytes = 0;
		long spent = 0;
		while (spent < ROUND) {
			bytes += work.once();
			if (++count % 16 == 0) {
				spent = threads.getCurrentThreadCpuTime() - from;
			}
		}
		if (bytes == 0) {
			throw new IllegalStateException("Nothing was signed");
		}
		return count * 1e9 / spent;
	}

	private static double median(List<Double> values) {
		double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
		return sorted[sorted.length / 2];
	}

	private static DkimKey key(String selector, Algorithm algorithm) {
		return new DkimKey(TestKeys.DOMAIN, selector, algorithm,
				((algorithm == Algorithm.RSA) ? TestKeys.rsa() : TestKeys.ed25519()).getPrivate(), Instant.MIN);
	}

	/** 20 KB as an edition has them: all its headers, and quoted-printable HTML. */
	private static byte[] message() {
		String header = """
				To: reader@readers.example
				Message-ID: <3w5e11264sgsf2h1s9k0r1q7z@news.example>
				List-Unsubscribe: <https://news.example/unsubscribe/YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXo>
				From: News highlights <highlights@news.example>
				Reply-To: desk@news.example
				Date: Mon, 23 Nov 2026 06:00:00 +0000
				List-Id: News highlights <highlights.news.example>
				List-Unsubscribe-Post: List-Unsubscribe=One-Click
				List-Archive: <https://news.example/editions>
				List-Help: <https://news.example/help>
				List-Owner: <mailto:highlights@news.example>
				List-Post: NO
				Feedback-ID: 2026-11-23:highlights:digest:newsexample
				Auto-Submitted: auto-generated
				Precedence: bulk
				X-Auto-Response-Suppress: OOF, AutoReply
				Subject: Harbour bridge opens at noon
				MIME-Version: 1.0
				Content-Type: multipart/alternative; boundary="=_0123456789abcdef"

				""".replace("\n", "\r\n");
		StringBuilder message = new StringBuilder(header);
		for (int i = 0; message.length() < 20_000; i++) {
			message.append("<td align=3D\"left\" style=3D\"padding:0 24px 16px\">Story ").append(i).append(" of the day=\r\n");
		}
		return message.toString().getBytes(StandardCharsets.US_ASCII);
	}

	/** Does something once, and says how much came of it. */
	private interface Work {

		int once() throws GeneralSecurityException;

	}

}
