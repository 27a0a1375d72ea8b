package dev.postrider.mail.dkim;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.time.Instant;
import java.util.Base64;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one thread needs to sign message after message: nothing is made anew but the
 * signed message.
 */
final class SigningThread {

	/** Header lines should not be longer (RFC 5322 2.1.1). */
	private static final int LINE = 78;

	private static final String NAME = "DKIM-Signature";

	private final Provider rsa;

	private final MessageDigest sha256;

	private final Fields fields = new Fields();

	private final Bytes body = new Bytes();

	/** The signed header fields, then the signature's own. */
	private final Bytes headers = new Bytes();

	private final Bytes out = new Bytes();

	private final Map<DkimKey, KeySignature> signatures = new IdentityHashMap<>();

	SigningThread(Provider rsa) {
		this.rsa = rsa;
		try {
			this.sha256 = MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/** Reads the header; the rest is about this message. */
	String senderDomain(byte[] message) {
		this.fields.read(message);
		return this.fields.senderDomain(message);
	}

	/**
	 * Signs the message whose header was read last.
	 * @param keys one or more; each makes a signature
	 * @param now the time in the signatures
	 */
	byte[] sign(byte[] message, List<DkimKey> keys, Instant now) {
		this.body.clear();
		Relaxed.body(message, this.fields.bodyStart(), this.body);
		this.sha256.update(this.body.array(), 0, this.body.length());
		byte[] bodyHash = Base64.getEncoder().encode(this.sha256.digest());
		this.headers.clear();
		for (int i = 0; i < SignedHeader.ALL.size(); i++) {
			this.fields.addRelaxed(message, i, this.headers);
		}
		int signed = this.headers.length();
		this.out.clear();
		for (DkimKey key : keys) {
			this.headers.cut(signed);
			int start = this.out.length();
			addTags(key, bodyHash, now);
			Relaxed.header(this.out.array(), start, start + NAME.length(), this.out.length(), this.headers);
			addFolded(Base64.getEncoder().encode(value(key)));
		}
		byte[] result = new byte[this.out.length() + message.length];
		System.arraycopy(this.out.array(), 0, result, 0, this.out.length());
		System.arraycopy(message, 0, result, this.out.length(), message.length);
		return result;
	}

	private byte[] value(DkimKey key) {
		try {
			KeySignature signature = this.signatures.get(key);
			if (signature == null) {
				signature = new KeySignature(key, this.rsa);
				this.signatures.put(key, signature);
			}
			return signature.sign(this.headers);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("The DKIM key " + key + " cannot sign", ex);
		}
	}

	/**
	 * All tags, the signature itself left empty. No {@code l=}: whatever was added to the
	 * body would pass (RFC 6376 8.2). No {@code x=}: mail may wait for days.
	 */
	private void addTags(DkimKey key, byte[] bodyHash, Instant now) {
		this.out.add(NAME);
		this.out.add(": v=1; a=");
		this.out.add(key.algorithm().tag());
		this.out.add("; c=relaxed/relaxed;\r\n d=");
		this.out.add(key.domain());
		this.out.add(";\r\n s=");
		this.out.add(key.selector());
		this.out.add("; t=");
		this.out.add(Long.toString(now.getEpochSecond()));
		this.out.add(";\r\n bh=");
		this.out.add(bodyHash);
		this.out.add(";\r\n h=");
		addNames();
		this.out.add(";\r\n b=");
	}

	private void addNames() {
		int column = 3;
		for (int i = 0; i < SignedHeader.ALL.size(); i++) {
			SignedHeader header = SignedHeader.ALL.get(i);
			int times = this.fields.count(i) + (header.oversigned() ? 1 : 0);
			for (; times > 0; times--) {
				boolean first = column == 3;
				if (column + 1 + header.name().length() + 1 > LINE) {
					this.out.add("\r\n ");
					column = 1;
				}
				if (!first) {
					this.out.add(':');
				}
				this.out.add(header.name());
				column += header.name().length() + 1;
			}
		}
	}

	private void addFolded(byte[] value) {
		int column = 3;
		for (int i = 0; i < value.length;) {
			int end = Math.min(i + LINE - column, value.length);
			this.out.add(value, i, end);
			this.out.add('\r');
			this.out.add('\n');
			if (end < value.length) {
				this.out.add(' ');
			}
			column = 1;
			i = end;
		}
	}

}
