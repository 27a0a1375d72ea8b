package dev.postrider.story.feed;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

/**
 * A real HTTP server with whatever feeds a test puts on it.
 */
public final class FeedServer implements AutoCloseable {

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<Headers> requests = new CopyOnWriteArrayList<>();

	public FeedServer() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	/** Answers a path as the handler wants; later calls replace earlier ones. */
	public FeedServer on(String path, HttpHandler handler) {
		try {
			this.server.removeContext(path);
		}
		catch (IllegalArgumentException ex) {
			// There was none yet.
		}
		this.server.createContext(path, (exchange) -> {
			try (exchange) {
				this.requests.add(exchange.getRequestHeaders());
				handler.handle(exchange);
			}
		});
		return this;
	}

	/** Serves text in UTF-8. */
	public FeedServer serve(String path, String body) {
		return on(path, (exchange) -> answer(exchange, 200, body.getBytes(StandardCharsets.UTF_8)));
	}

	public FeedServer redirect(String path, String location) {
		return redirect(path, 302, location);
	}

	public FeedServer redirect(String path, int status, String location) {
		return on(path, (exchange) -> {
			exchange.getResponseHeaders().set("Location", location);
			exchange.sendResponseHeaders(status, -1);
		});
	}

	public static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
		exchange.sendResponseHeaders(status, (body.length > 0) ? body.length : -1);
		if (body.length > 0) {
			try (OutputStream out = exchange.getResponseBody()) {
				out.write(body);
			}
		}
	}

	public URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + path);
	}

	public String url(String path) {
		return uri(path).toString();
	}

	/** Headers of all requests so far. */
	public List<Headers> requests() {
		return this.requests;
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	/** An RSS 2.0 feed. */
	public static String rss(String title, String... items) {
		return "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>%s</title><link>https://news.example/</link>%s</channel></rss>"
			.formatted(title, String.join("", items));
	}

	/** An item of {@link #rss}. */
	public static String item(String headline, String link, String date) {
		return "<item><title>%s</title><link>%s</link><pubDate>%s</pubDate><description>What happened.</description></item>"
			.formatted(headline, link, date);
	}

}
