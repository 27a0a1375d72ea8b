package dev.postrider.story.feed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;

import dev.postrider.mail.PublicUrl;
import dev.postrider.story.SourceBusyException;
import dev.postrider.story.SourceException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is fetched, and what is not, against a real server.
 */
@Timeout(30)
class FeedFetcherTests {

	/** The common pool may have one thread only, which an endless talker keeps. */
	private static final Executor THREADS = (work) -> {
		Thread thread = new Thread(work, "talker");
		thread.setDaemon(true);
		thread.start();
	};

	private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");

	private static final String FEED = FeedServer.rss("Example");

	private final FeedServer server = new FeedServer();

	private final FeedFetcher fetcher = fetcher(null);

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void saysWhoAsks() {
		this.server.serve("/feed", FEED);
		assertThat(new String(get("/feed").bytes(), StandardCharsets.UTF_8)).isEqualTo(FEED);
		assertThat(this.server.requests().get(0).getFirst("User-Agent")).isEqualTo("Postrider (+https://news.example)");
	}

	@Test
	void asksWhetherItChanged() {
		this.server.on("/feed", (exchange) -> {
			boolean known = "\"v1\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"))
					&& "Mon, 23 Nov 2026 06:00:00 GMT"
						.equals(exchange.getRequestHeaders().getFirst("If-Modified-Since"));
			exchange.getResponseHeaders().set("ETag", "\"v1\"");
			exchange.getResponseHeaders().set("Last-Modified", "Mon, 23 Nov 2026 06:00:00 GMT");
			FeedServer.answer(exchange, known ? 304 : 200, known ? new byte[0] : FEED.getBytes(StandardCharsets.UTF_8));
		});
		Fetched first = get("/feed");
		assertThat(first.unchanged()).isFalse();
		Fetched second = this.fetcher.fetch(this.server.uri("/feed"), first.etag(), first.lastModified());
		assertThat(second.unchanged()).isTrue();
	}

	@Test
	void unpacks() {
		this.server.on("/feed", (exchange) -> {
			exchange.getResponseHeaders().set("Content-Encoding", "gzip");
			FeedServer.answer(exchange, 200, gzip(FEED.getBytes(StandardCharsets.UTF_8)));
		});
		assertThat(new String(get("/feed").bytes(), StandardCharsets.UTF_8)).isEqualTo(FEED);
		assertThat(this.server.requests().get(0).getFirst("Accept-Encoding")).isEqualTo("gzip");
	}

	@Test
	void refusesWhatIsTooLargeOnceUnpacked() {
		this.server.on("/feed", (exchange) -> FeedServer.answer(exchange, 200, gzip(new byte[50_000_000])));
		assertRefused("/feed", "larger than the 1024 kilobytes");
	}

	@Test
	void refusesAHundredMegabytesBeforeTheyCome() {
		AtomicLong sent = new AtomicLong();
		this.server.on("/feed", (exchange) -> {
			exchange.sendResponseHeaders(200, 100_000_000);
			write(exchange.getResponseBody(), 100_000_000, sent);
		});
		assertRefused("/feed", "larger than the 1024 kilobytes");
		assertHungUp(sent);
	}

	@Test
	void hangsUpOnAHundredMegabytesOfUnknownLength() {
		AtomicLong sent = new AtomicLong();
		this.server.on("/feed", (exchange) -> {
			exchange.sendResponseHeaders(200, 0);
			write(exchange.getResponseBody(), 100_000_000, sent);
		});
		assertRefused("/feed", "larger than the 1024 kilobytes");
		assertHungUp(sent);
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 404, 500 })
	void readsNothingOfWhatARedirectOrAnErrorSaysBesides(int status) {
		AtomicLong sent = new AtomicLong();
		this.server.serve("/there", FEED).on("/feed", (exchange) -> {
			exchange.getResponseHeaders().set("Location", "/there");
			exchange.sendResponseHeaders(status, 0);
			write(exchange.getResponseBody(), 100_000_000, sent);
		});
		if (status < 400) {
			assertThat(new String(get("/feed").bytes(), StandardCharsets.UTF_8)).isEqualTo(FEED);
		}
		else {
			assertRefused("/feed", "127.0.0.1 answered " + status);
		}
		assertHungUp(sent);
	}

	@Test
	void takesNoHeadersWithoutEnd() throws Exception {
		byte[] header = ("X-More: " + "x".repeat(8000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
		AtomicLong sent = new AtomicLong();
		try (ServerSocket endless = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			CompletableFuture<Socket> talker = CompletableFuture.supplyAsync(() -> accept(endless), THREADS);
			talker.thenAcceptAsync((socket) -> talk(socket, header, sent), THREADS);
			assertRefused(URI.create("http://127.0.0.1:" + endless.getLocalPort() + "/"), "Header size too big");
			talker.get(20, TimeUnit.SECONDS).close();
		}
		assertHungUp(sent);
	}

	@Test
	void hangsUpOnAnEndlessAnswer() {
		this.server.on("/feed", (exchange) -> {
			exchange.sendResponseHeaders(200, 0);
			try (OutputStream out = exchange.getResponseBody()) {
				while (!Thread.currentThread().isInterrupted()) {
					out.write(new byte[8192]);
				}
			}
		});
		assertRefused("/feed", "larger than the 1024 kilobytes");
	}

	@Test
	void doesNotWaitForAnAnswerThatTrickles() {
		this.server.on("/feed", (exchange) -> {
			exchange.sendResponseHeaders(200, 0);
			try (OutputStream out = exchange.getResponseBody()) {
				for (int i = 0; i < 200; i++) {
					out.write(' ');
					out.flush();
					pause();
				}
			}
		});
		assertRefused("/feed", "did not answer in full within 2 seconds");
	}

	@Test
	void doesNotWaitForAServerThatSaysNothing() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertRefused(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/feed"),
					"did not answer in full within 2 seconds");
		}
	}

	@Test
	void saysThatNobodyIsThere() throws IOException {
		int port;
		try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = closed.getLocalPort();
		}
		assertRefused(URI.create("http://127.0.0.1:" + port + "/feed"), "nothing answers on port " + port);
	}

	@Test
	void followsRedirectsUpToFive() {
		this.server.serve("/feed", FEED).redirect("/1", "/feed");
		for (int i = 2; i <= 6; i++) {
			this.server.redirect("/" + i, this.server.url("/" + (i - 1)));
		}
		assertThat(get("/5").uri()).isEqualTo(this.server.uri("/feed"));
		assertRefused("/6", "redirects more than 5 times");
	}

	@Test
	void saysWhereAFeedWentForGood() {
		this.server.serve("/feed", FEED)
			.redirect("/once", 302, "/feed")
			.redirect("/b", 308, "/feed?x")
			.redirect("/a", 301, "/b");
		assertThat(get("/feed").movedTo()).isNull();
		assertThat(get("/once").movedTo()).isNull();
		assertThat(get("/a").movedTo()).isEqualTo(this.server.uri("/feed?x"));
		this.server.redirect("/b", 307, "/feed");
		assertThat(get("/a").movedTo()).isEqualTo(this.server.uri("/b"));
		assertThat(get("/a").uri()).isEqualTo(this.server.uri("/feed"));
		// What comes after a detour may be different next time.
		this.server.redirect("/b", 301, "/feed").redirect("/a", 302, "/b");
		assertThat(get("/a").movedTo()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "429, 1800, true, 2026-11-23T06:30:00Z, alone for 30 minutes",
			"503, 'Mon, 23 Nov 2026 09:00:00 GMT', false, 2026-11-23T09:00:00Z, alone for 3 hours",
			"503, 99999999999, false, 2026-11-24T06:00:00Z, alone for 24 hours",
			"429, 'Mon, 23 Nov 2026 05:00:00 GMT', true, , asked too often", "503, soon, false, , trouble of its own" })
	void knowsWhenToAskAgain(int status, String header, boolean wholeHost, Instant at, String words) {
		this.server.on("/feed", (exchange) -> {
			exchange.getResponseHeaders().set("Retry-After", header);
			FeedServer.answer(exchange, status, new byte[0]);
		});
		assertThatExceptionOfType(SourceBusyException.class).isThrownBy(() -> get("/feed"))
			.withMessageStartingWith("127.0.0.1 answered " + status)
			.withMessageEndingWith(words)
			.satisfies((ex) -> {
				assertThat(ex.retryAt()).isEqualTo(at);
				assertThat(ex.isWholeHost()).isEqualTo(wholeHost);
			});
	}

	@Test
	void namesThatLeadInsideAreRefusedAsWellAsAddresses() {
		assertThatExceptionOfType(SourceException.class).isThrownBy(() -> this.fetcher.check("http://localhost/feed"))
			.withMessageContaining("localhost is a private address");
		this.server.redirect("/feed", "http://localhost:" + this.server.uri("/").getPort() + "/inside")
			.serve("/inside", FEED);
		assertRefused("/feed", "localhost is a private address");
		assertThat(this.server.requests()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://[::1]:8080/",
			"http://192.168.1.1/", "http://[::ffff:10.0.0.1]/", "http://2130706434/", "http://0.0.0.0/",
			"//172.16.0.1/x" })
	void followsNoRedirectToTheInside(String inside) {
		this.server.redirect("/feed", inside);
		assertRefused("/feed", "private address");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "file:///etc/passwd", "ftp://news.example/feed", "gopher://127.0.0.1/", "data:text/xml,x" })
	void followsNoRedirectAwayFromTheWeb(String elsewhere) {
		this.server.redirect("/feed", elsewhere);
		assertRefused("/feed", "not an address on the web");
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403, 404, 410, 429, 500, 503 })
	void namesTheStatus(int status) {
		this.server.on("/feed", (exchange) -> FeedServer.answer(exchange, status, new byte[0]));
		assertRefused("/feed", "127.0.0.1 answered " + status);
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255",
			"192.168.0.1", "169.254.169.254", "100.64.0.1", "192.0.0.8", "198.18.0.1", "224.0.0.1", "255.255.255.255",
			"::1", "::", "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1", "::ffff:127.0.0.1", "64:ff9b::a00:1",
			"2002:a00:1::", "2001:0:1::", "2001:db8::1" })
	void knowsTheInside(String address) throws UnknownHostException {
		assertThat(AddressGuard.isPublic(InetAddress.getByName(address))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.1.1.1", "8.8.8.8", "93.184.216.34", "172.15.0.1", "172.32.0.1", "100.128.0.1",
			"2606:4700::1111", "2a00:1450:4001::1" })
	void knowsTheOutside(String address) throws UnknownHostException {
		assertThat(AddressGuard.isPublic(InetAddress.getByName(address))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "news", "", "javascript:alert(1)", "https://user:secret@127.0.0.1/", "https:///x" })
	void acceptsOnlyAddresses(String text) {
		assertThatExceptionOfType(SourceException.class).isThrownBy(() -> this.fetcher.check(text))
			.withMessageNotContaining("secret");
	}

	@Test
	void readsFilesBelowTheFolderOnly(@TempDir Path folder, @TempDir Path outside) throws IOException {
		FeedFetcher files = fetcher(folder);
		Path inside = Files.writeString(folder.resolve("feed.xml"), FEED);
		Path secret = Files.writeString(outside.resolve("secret.xml"), FEED);
		Path link = Files.createSymbolicLink(folder.resolve("link.xml"), secret);
		Fetched fetched = files.fetch(inside.toUri(), null, null);
		assertThat(fetched.bytes()).isEqualTo(Files.readAllBytes(inside));
		assertThat(files.fetch(inside.toUri(), null, fetched.lastModified()).unchanged()).isTrue();
		String around = "file://" + folder + "/../" + outside.getFileName() + "/secret.xml";
		Files.createSymbolicLink(folder.resolve("elsewhere"), outside);
		String through = folder.toUri() + "elsewhere/";
		String encoded = "file://" + folder + "/%2e%2e/" + outside.getFileName() + "/secret.xml";
		for (String refused : List.of(through + "secret.xml", through + "nothing", encoded, secret.toUri().toString(),
				link.toUri().toString(), around, "file:///etc/passwd", "file:///etc/nothing-of-that-name")) {
			assertThatExceptionOfType(SourceException.class).isThrownBy(() -> files.check(refused))
				.withMessageContaining("may not be read");
		}
		assertThatExceptionOfType(SourceException.class).isThrownBy(() -> this.fetcher.check(inside.toUri().toString()))
			.withMessageContaining("postrider.story.allowed-folder");
	}

	@Test
	void readsNoMoreOfAFileThanAllowedAndNothingButFiles(@TempDir Path folder) throws IOException {
		FeedFetcher files = fetcher(folder);
		Path large = folder.resolve("large.xml");
		try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
			file.setLength(100_000_000);
		}
		assertThatExceptionOfType(SourceException.class).isThrownBy(() -> files.fetch(large.toUri(), null, null))
			.withMessageContaining("larger than the 1024 kilobytes");
		assertThatExceptionOfType(SourceException.class).isThrownBy(() -> files.check(folder.toUri().toString()))
			.withMessageContaining("is not a file");
		for (String host : List.of("file://elsewhere.example" + large, "file:large.xml", "file://")) {
			assertThatExceptionOfType(SourceException.class).isThrownBy(() -> files.check(host));
		}
	}

	private Fetched get(String path) {
		return this.fetcher.fetch(this.server.uri(path), null, null);
	}

	private void assertRefused(String path, String why) {
		assertRefused(this.server.uri(path), why);
	}

	private void assertRefused(URI uri, String why) {
		assertThatExceptionOfType(SourceException.class).isThrownBy(() -> this.fetcher.fetch(uri, null, null))
			.withMessageContaining(why);
	}

	private static FeedFetcher fetcher(@Nullable Path folder) {
		StorySettings settings = new StorySettings(List.of("127.0.0.1"), folder, DataSize.ofMegabytes(1),
				Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMinutes(10), Duration.ofHours(6), 4,
				Duration.ZERO, Duration.ofMinutes(2));
		AddressGuard guard = new AddressGuard(settings);
		return new FeedFetcher(
				new WebClient(guard, new HostTurns(settings), settings,
						new PublicUrl(URI.create("https://news.example")), Clock.fixed(NOW, ZoneOffset.UTC)),
				new FolderFiles(settings), guard);
	}

	private static byte[] gzip(byte[] bytes) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
			zip.write(bytes);
		}
		return out.toByteArray();
	}

	private static Socket accept(ServerSocket server) {
		try {
			return server.accept();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void talk(Socket socket, byte[] header, AtomicLong sent) {
		try {
			OutputStream out = socket.getOutputStream();
			out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
			while (sent.addAndGet(header.length) < 100_000_000) {
				out.write(header);
			}
		}
		catch (IOException ex) {
			// Nobody listens any more.
			return;
		}
	}

	private static void write(OutputStream out, long bytes, AtomicLong sent) throws IOException {
		byte[] chunk = new byte[8192];
		while (sent.get() < bytes) {
			out.write(chunk);
			sent.addAndGet(chunk.length);
		}
	}

	/** More than the limit may lie in buffers between here and there, but not all. */
	private static void assertHungUp(AtomicLong sent) {
		assertThat(sent).hasValueLessThan(30_000_000);
	}

	private static void pause() {
		try {
			Thread.sleep(50);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
