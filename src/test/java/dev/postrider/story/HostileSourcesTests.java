package dev.postrider.story;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;

import com.sun.net.httpserver.HttpHandler;
import dev.postrider.story.feed.FeedServer;
import dev.postrider.testing.PostriderTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sources that mean harm, all in one round with one that does not.
 */
@PostriderTest
class HostileSourcesTests {

	/** Far from the dates of any other test. */
	private static final String DATE = "Tue, 05 Mar 2013 10:00:00 GMT";

	private final FeedServer server = new FeedServer();

	private final String id = UUID.randomUUID().toString();

	private final List<Long> added = new ArrayList<>();

	private final AtomicLong sent = new AtomicLong();

	@Autowired
	private Sources sources;

	@Autowired
	private JdbcClient jdbc;

	@AfterEach
	void tidy() {
		this.added.forEach(this.sources::remove);
		this.server.close();
	}

	@Test
	void eachSaysWhatIsWrongAndStopsNobodyElse() {
		Source declared = add("/declared", endless(104_857_600));
		Source undeclared = add("/undeclared", endless(0));
		Source zip = add("/zip", packed(200_000_000));
		Source laughs = add("/laughs", text(laughs()));
		Source deep = add("/deep", text("<rss version='2.0'><channel>" + "<a>".repeat(300_000)));
		Source attributes = add("/attributes",
				text("<rss version='2.0'><channel a='" + "' b='".repeat(50_000) + "'/>"));
		Source nothing = add("/nothing", text(""));
		Source page = add("/page", text("<!DOCTYPE html><html><body>Welcome</body></html>"));
		Source broken = add("/broken", (exchange) -> {
			exchange.sendResponseHeaders(200, 5000);
			exchange.getResponseBody().write(FeedServer.rss("B").getBytes(StandardCharsets.UTF_8));
			exchange.getResponseBody().flush();
		});
		Source inside = add("/inside", redirect("http://169.254.169.254/latest/meta-data/"));
		Source file = add("/file", redirect("file:///etc/passwd"));
		Source loop = add("/loop", redirect("/loop"));
		Source good = add("/good", text(FeedServer.rss("Good", item("Good news", "good"))));

		Sources.Poll poll = this.sources.poll(true);

		assertThat(poll.failed()).isGreaterThanOrEqualTo(12);
		assertError(declared, "larger than the 10240 kilobytes allowed by postrider.story.max-size");
		assertError(undeclared, "larger than the 10240 kilobytes allowed by postrider.story.max-size");
		assertError(zip, "larger than the 10240 kilobytes allowed by postrider.story.max-size");
		assertError(laughs, "built to overload its readers");
		assertError(deep, "built to overload its readers");
		assertThat(reread(attributes).failures()).isLessThanOrEqualTo(1);
		assertError(nothing, "it is empty");
		assertError(page, "a web page, not a feed");
		assertError(broken, "The connection to 127.0.0.1 broke off");
		assertError(inside, "169.254.169.254 is a private address");
		assertError(file, "not an address on the web");
		assertError(loop, "127.0.0.1 redirects more than 5 times");
		assertThat(reread(good).lastError()).isNull();
		assertThat(headlines(good)).containsExactly("Good news");
		// Of two bodies without end no more was taken than is allowed, and what buffers
		// hold.
		assertThat(this.sent).hasValueLessThan(60_000_000);
	}

	@Test
	void aFeedOfTenThousandAndOneOfOneThingAgainAndAgainAreReadAsFarAsSensible() {
		StringBuilder many = new StringBuilder();
		for (int i = 0; i < 10_000; i++) {
			many.append(item("Story number " + i, "many-" + i));
		}
		Source flood = add("/flood", text(FeedServer.rss("Flood", many.toString())));
		String same = "<item><guid>1</guid><title>%s</title><link>https://news.example/%s/%s</link></item>";
		Source twins = add("/twins",
				text(FeedServer.rss("Twins", same.formatted("One", this.id, "one"),
						same.formatted("One, told again", this.id, "one?utm_source=feed"),
						same.formatted("Two", this.id, "two"))));
		this.sources.poll(true);
		assertThat(reread(flood).lastError()).isNull();
		assertThat(headlines(flood)).hasSize(2000).contains("Story number 0").doesNotContain("Story number 9999");
		assertThat(headlines(twins)).containsExactlyInAnyOrder("One", "Two");
	}

	@Test
	void whatIsSaidOfTheCharsetDoesNotMatterIfItIsWrong() {
		String feed = FeedServer.rss("C", item("Größe zählt", "charset"));
		Source source = add("/charset", (exchange) -> {
			exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=utf-16");
			FeedServer.answer(exchange, 200, feed.getBytes(StandardCharsets.UTF_8));
		});
		Source unknown = add("/unknown", (exchange) -> {
			exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=klingon-8");
			FeedServer.answer(exchange, 200,
					FeedServer.rss("C", item("Çà et là", "unknown")).getBytes(StandardCharsets.ISO_8859_1));
		});
		this.sources.poll(true);
		assertThat(headlines(source)).containsExactly("Größe zählt");
		assertThat(headlines(unknown)).containsExactly("Çà et là");
	}

	private HttpHandler endless(long declared) {
		return (exchange) -> {
			exchange.sendResponseHeaders(200, declared);
			byte[] chunk = new byte[8192];
			OutputStream out = exchange.getResponseBody();
			for (long bytes = 0; bytes < 100_000_000; bytes += chunk.length) {
				out.write(chunk);
				this.sent.addAndGet(chunk.length);
			}
		};
	}

	private static HttpHandler packed(int bytes) {
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
			byte[] zeros = new byte[1_000_000];
			for (int i = 0; i < bytes / zeros.length; i++) {
				zip.write(zeros);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return (exchange) -> {
			exchange.getResponseHeaders().set("Content-Encoding", "gzip");
			FeedServer.answer(exchange, 200, packed.toByteArray());
		};
	}

	private static HttpHandler text(String body) {
		return (exchange) -> FeedServer.answer(exchange, 200, body.getBytes(StandardCharsets.UTF_8));
	}

	private static HttpHandler redirect(String location) {
		return (exchange) -> {
			exchange.getResponseHeaders().set("Location", location);
			FeedServer.answer(exchange, 302, new byte[0]);
		};
	}

	private static String laughs() {
		StringBuilder dtd = new StringBuilder("<!DOCTYPE rss [<!ENTITY l0 \"ha\">");
		for (int i = 1; i < 10; i++) {
			dtd.append("<!ENTITY l%d \"%s\">".formatted(i, "&l%d;".formatted(i - 1).repeat(10)));
		}
		return dtd + "]><rss version='2.0'><channel><title>&l9;</title></channel></rss>";
	}

	private String item(String headline, String path) {
		return FeedServer.item(headline, "https://news.example/" + this.id + "/" + path, DATE);
	}

	private Source add(String path, HttpHandler handler) {
		this.server.on(path, handler);
		Source source = this.sources.add(this.server.url(path), null);
		this.added.add(source.id());
		return source;
	}

	private void assertError(Source source, String words) {
		assertThat(reread(source).lastError()).as(source.url()).contains(words);
		assertThat(headlines(source)).isEmpty();
	}

	private Source reread(Source source) {
		return this.sources.find(source.id()).orElseThrow();
	}

	private List<String> headlines(Source source) {
		return this.jdbc.sql("SELECT headline FROM story WHERE source_id = ? ORDER BY id")
			.param(source.id())
			.query(String.class)
			.list();
	}

}
