package dev.postrider.mail.relay;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import static org.awaitility.Awaitility.await;

/**
 * A token endpoint (RFC 6749 3.2) that gives token-1, token-2 … and with each the refresh
 * token of the same number.
 */
final class TokenServer implements AutoCloseable {

	private final HttpServer server;

	private final Consumer<String> given;

	private final List<String> forms = new CopyOnWriteArrayList<>();

	private final CountDownLatch stalled = new CountDownLatch(1);

	volatile int status = 200;

	volatile int life = 3600;

	/** In the middle of its answer, until {@link #goOn}. */
	volatile boolean stalls;

	volatile int padding;

	/**
	 * Starts it.
	 * @param given is told of each token
	 */
	TokenServer(Consumer<String> given) throws IOException {
		this.given = given;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(Executors.newCachedThreadPool());
		this.server.createContext("/token", this::answer);
		this.server.start();
	}

	URI uri() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + "/token");
	}

	/** What it was asked, as it was written. */
	List<String> forms() {
		return this.forms;
	}

	void goOn() {
		this.stalls = false;
		this.stalled.countDown();
	}

	private void answer(HttpExchange exchange) throws IOException {
		String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
		int number;
		synchronized (this.forms) {
			this.forms.add(form);
			number = this.forms.size();
		}
		String token = "token-" + number;
		String answer = "{\"error\":\"invalid_client\",\"error_description\":\"wrong secret\"}";
		if (this.status == 200) {
			this.given.accept(token);
			answer = "{\"token_type\":\"Bearer\",\"access_token\":\"" + token + "\",\"expires_in\":" + this.life
					+ ",\"refresh_token\":\"refresh-" + number + "\"}";
		}
		byte[] bytes = (answer + " ".repeat(this.padding)).getBytes(StandardCharsets.US_ASCII);
		exchange.getResponseHeaders().add("Content-Type", "application/json");
		exchange.sendResponseHeaders(this.status, bytes.length);
		try (OutputStream out = exchange.getResponseBody()) {
			out.write(bytes, 0, 5);
			out.flush();
			if (this.stalls) {
				await().until(() -> this.stalled.getCount() == 0);
			}
			out.write(bytes, 5, bytes.length - 5);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
