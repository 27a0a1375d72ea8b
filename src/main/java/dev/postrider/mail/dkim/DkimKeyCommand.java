package dev.postrider.mail.dkim;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.postrider.Command;
import dev.postrider.mail.dkim.DkimKey.Algorithm;

/**
 * {@code java -jar postrider.jar dkim-key DOMAIN SELECTOR [--ed25519] [--out FOLDER]}:
 * makes a key, writes it to a file that only its owner can read, and prints the DNS
 * record and the settings that go with it. Needs no database and no settings.
 */
final class DkimKeyCommand implements Command {

	private static final int RSA_BITS = 2048;

	private static final String USAGE = """
			Makes a DKIM key, and prints the DNS record and the settings that go with it.

			  java -jar postrider.jar dkim-key DOMAIN SELECTOR [--ed25519] [--out FOLDER]

			  DOMAIN       what follows the "@" in your senders' addresses, such as news.example.org
			  SELECTOR     a name for this key, one that you have not used before, such as postrider2026
			  --ed25519    an Ed25519 key, for a second signature beside that of an RSA key
			  --out        where to put the key; the current folder if left out
			""";

	@Override
	public String name() {
		return "dkim-key";
	}

	@Override
	public int run(List<String> args, PrintStream out, PrintStream err) {
		Set<String> help = Set.of("--help", "-h");
		if (args.stream().anyMatch(help::contains)) {
			out.print(USAGE);
			return 0;
		}
		Request request;
		try {
			request = Request.of(args);
		}
		catch (IllegalArgumentException ex) {
			err.println(ex.getMessage());
			err.println();
			err.print(USAGE);
			return 2;
		}
		try {
			make(request, out);
			return 0;
		}
		catch (FileAlreadyExistsException ex) {
			err.println(request.file() + " exists already, and a key is never written over: choose another selector.");
			return 1;
		}
		catch (IOException ex) {
			err.println(request.file() + " cannot be written: " + ex);
			return 1;
		}
	}

	private static void make(Request request, PrintStream out) throws IOException {
		KeyPair pair = pair(request.algorithm());
		FileAttribute<?>[] ownerOnly = FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
				: new FileAttribute<?>[0];
		// Made with these permissions, so that nobody sees it in between.
		Files.createFile(request.file(), ownerOnly);
		Files.writeString(request.file(), Pem.of(pair.getPrivate()), StandardCharsets.US_ASCII,
				StandardOpenOption.TRUNCATE_EXISTING);
		DnsRecord record = DnsRecord.of(request.domain(), request.selector(), request.algorithm(), pair.getPublic());
		out.printf(
				"""
						The private key is in %s; keep it where only Postrider can read it.

						1. Publish this DNS record, a TXT record of the name %s:

						%s

						   Some providers' forms want the name and the text alone, and split it themselves:

						%s

						2. When the record can be seen (dig +short TXT %s), give Postrider the key:

						POSTRIDER_DKIM_KEYS_0_DOMAIN=%s
						POSTRIDER_DKIM_KEYS_0_SELECTOR=%s
						POSTRIDER_DKIM_KEYS_0_FILE=%s

						   and restart it. If other keys are there already, take the next free number instead of 0. A key that is
						   to take over later gets the moment, such as POSTRIDER_DKIM_KEYS_1_FROM=2026-12-01T00:00:00Z; leave the
						   old key's record in the DNS for a week after that.
						""",
				request.file(), record.name(), record.zoneLine(), record.value(), record.name(), request.domain(),
				request.selector(), request.file().toAbsolutePath());
	}

	private static KeyPair pair(Algorithm algorithm) {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.name());
			if (algorithm == Algorithm.RSA) {
				generator.initialize(RSA_BITS);
			}
			return generator.generateKeyPair();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has RSA and Ed25519", ex);
		}
	}

	private record Request(String domain, String selector, Algorithm algorithm, Path folder) {

		static Request of(List<String> args) {
			List<String> names = new ArrayList<>();
			Algorithm algorithm = Algorithm.RSA;
			Path folder = Path.of("");
			for (int i = 0; i < args.size(); i++) {
				String arg = args.get(i);
				if (arg.equals("--ed25519")) {
					algorithm = Algorithm.ED25519;
				}
				else if (arg.equals("--out")) {
					if (i + 1 == args.size()) {
						throw new IllegalArgumentException("--out wants a folder");
					}
					folder = Path.of(args.get(++i));
				}
				else if (arg.startsWith("-")) {
					throw new IllegalArgumentException("There is no " + arg);
				}
				else {
					names.add(arg.toLowerCase(Locale.ROOT));
				}
			}
			if (names.size() != 2) {
				throw new IllegalArgumentException("dkim-key wants a domain and a selector");
			}
			for (String name : names) {
				if (!DkimKeys.isName(name)) {
					throw new IllegalArgumentException("\"" + name + "\" is no name that the DNS could have");
				}
			}
			if (!names.get(0).contains(".")) {
				throw new IllegalArgumentException(
						"\"" + names.get(0) + "\" is no full domain, such as news.example.org");
			}
			return new Request(names.get(0), names.get(1), algorithm, folder);
		}

		Path file() {
			return this.folder.resolve(this.selector + "." + this.domain + ".pem");
		}

	}

}
