package dev.postrider.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.awaitility.Awaitility.await;

/**
 * An rspamd that asks nobody: what it thinks of a message by looking at it alone.
 */
public final class Rspamd implements AutoCloseable {

	private static final Map<String, String> SETTINGS = Map.of("worker-controller.inc", "enabled = false;",
			"worker-proxy.inc", "enabled = false;", "worker-fuzzy.inc", "enabled = false;", "logging.inc",
			"type = \"console\";");

	private static final String[] ASKING_OTHERS = { "rbl", "fuzzy_check", "surbl", "asn", "mx_check", "phishing",
			"dmarc", "spf", "arc", "whitelist", "neural", "greylist", "ratelimit" };

	private final HttpClient http = HttpClient.newHttpClient();

	private final int port = SmtpSink.freePort();

	private final Path folder;

	private final Process process;

	private Rspamd() throws IOException {
		this.folder = Files.createTempDirectory("rspamd");
		Path local = Files.createDirectories(this.folder.resolve("local.d"));
		for (Map.Entry<String, String> setting : SETTINGS.entrySet()) {
			Files.writeString(local.resolve(setting.getKey()), setting.getValue());
		}
		for (String module : ASKING_OTHERS) {
			Files.writeString(local.resolve(module + ".conf"), "enabled = false;");
		}
		Files.writeString(local.resolve("worker-normal.inc"),
				"bind_socket = \"127.0.0.1:" + this.port + "\"; count = 1;");
		// Without all the world's top-level domains and without compiled patterns it is
		// up
		// in two seconds.
		Path domains = Files.writeString(this.folder.resolve("domains"), "com\norg\nnet\nexample\n");
		Files.writeString(local.resolve("options.inc"), "url_tld = \"" + domains + "\"; disable_hyperscan = true;\n"
				+ "dns { nameserver = [\"127.0.0.1:9\"]; timeout = 0.1s; retransmits = 1; }");
		this.process = new ProcessBuilder("rspamd", "-f", "-i", "--var=LOCAL_CONFDIR=" + this.folder,
				"--var=DBDIR=" + this.folder, "--var=RUNDIR=" + this.folder, "--var=LOGDIR=" + this.folder)
			.redirectErrorStream(true)
			.redirectOutput(this.folder.resolve("out.log").toFile())
			.start();
		await().ignoreExceptions().until(() -> post("/ping", new byte[0]).equals("pong\r\n"));
	}

	/** Starts it, or skips the test. */
	public static Rspamd start() {
		Judge.want("rspamd", "rspamd");
		try {
			return new Rspamd();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** What it says of a message: {@code score}, {@code symbols.NAME.score} and more. */
	public JsonNode check(byte[] message) {
		try {
			return JsonMapper.shared().readTree(post("/checkv2", message));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroy();
		this.process.onExit().join();
		FileSystemUtils.deleteRecursively(this.folder.toFile());
	}

	private String post(String path, byte[] body) throws IOException {
		try {
			return this.http
				.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
					.version(HttpClient.Version.HTTP_1_1)
					.POST(HttpRequest.BodyPublishers.ofByteArray(body))
					.build(), HttpResponse.BodyHandlers.ofString())
				.body();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
