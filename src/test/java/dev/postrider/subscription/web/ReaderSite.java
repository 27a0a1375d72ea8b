package dev.postrider.subscription.web;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.postrider.testing.TestRelay;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;

/**
 * A reader at the site: sends forms from a network of its own, follows no redirect, and
 * opens links in mails.
 */
final class ReaderSite {

	private static final Pattern LINK = Pattern
		.compile("https://news\\.example(/(?:confirm|preferences|unsubscribe|address)/[\\w-]+)");

	private final HttpClient http = HttpClient.newHttpClient();

	private final int port;

	private final String ip = "10." + ThreadLocalRandom.current().nextInt(256) + "."
			+ ThreadLocalRandom.current().nextInt(256) + "." + ThreadLocalRandom.current().nextInt(256);

	ReaderSite(int port) {
		this.port = port;
	}

	/** An address nobody else uses. */
	static String someAddress() {
		return "reader-" + UUID.randomUUID() + "@readers.example";
	}

	String url(String path) {
		return "http://localhost:" + this.port + path;
	}

	HttpResponse<String> get(String path) {
		return send("GET", path, null, "");
	}

	HttpResponse<String> send(String method, String path) {
		return send(method, path, null, "");
	}

	/** Posts a form; names and values one after the other. */
	HttpResponse<String> post(String path, String... fields) {
		StringBuilder body = new StringBuilder();
		for (int i = 0; i < fields.length; i += 2) {
			body.append(body.isEmpty() ? "" : "&").append(encode(fields[i])).append('=').append(encode(fields[i + 1]));
		}
		return send("POST", path, "application/x-www-form-urlencoded", body.toString());
	}

	HttpResponse<String> postJson(String path, String json) {
		return send("POST", path, "application/json", json);
	}

	HttpResponse<String> postMultipart(String path, String name, String value) {
		String body = "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n--b--\r\n";
		return send("POST", path, "multipart/form-data; boundary=b", body);
	}

	HttpResponse<String> send(String method, String path, @org.jspecify.annotations.Nullable String type, String body,
			String... headers) {
		return send(method, path, type, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
				headers);
	}

	/** Posts in chunks, without saying how much it will be. */
	HttpResponse<String> postStream(String path, String type, String body) {
		return send("POST", path, type, BodyPublishers
			.ofInputStream(() -> new java.io.ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))));
	}

	private HttpResponse<String> send(String method, String path, @org.jspecify.annotations.Nullable String type,
			HttpRequest.BodyPublisher body, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path)))
			.header("X-Forwarded-For", this.ip)
			.header("User-Agent", "Reader/1.0")
			.method(method, body);
		if (type != null) {
			request.header("Content-Type", type);
		}
		if (headers.length > 0) {
			request.headers(headers);
		}
		try {
			return this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	String ip() {
		return this.ip;
	}

	/** Signs up and gives the path of the confirmation link in the mail. */
	String signUp(String email) {
		int before = TestRelay.get().to(email).size();
		HttpResponse<String> answer = post("/subscribe", "email", email, "consent", "true");
		if (answer.statusCode() != 200) {
			throw new AssertionError("Sign-up answered " + answer.statusCode() + ": " + answer.body());
		}
		return link(awaitMail(email, before + 1));
	}

	/** Signs up, confirms, and gives the path of the preferences page. */
	String subscribe(String email) {
		String page = post(signUp(email)).body();
		Matcher link = LINK.matcher(page);
		if (!link.find()) {
			throw new AssertionError("No preferences link on " + page);
		}
		return link.group(1);
	}

	static MimeMessage awaitMail(String email, int count) {
		org.awaitility.Awaitility.await().until(() -> TestRelay.get().to(email).size() >= count);
		return TestRelay.get().to(email).get(count - 1);
	}

	/** The first of our links in a mail's text part. */
	static String link(MimeMessage mail) {
		Matcher link = LINK.matcher(text(mail));
		if (!link.find()) {
			throw new AssertionError("No link in " + text(mail));
		}
		return link.group(1);
	}

	static String text(MimeMessage mail) {
		return part(mail, 0);
	}

	static String html(MimeMessage mail) {
		return part(mail, 1);
	}

	private static String part(MimeMessage mail, int index) {
		try {
			BodyPart part = ((Multipart) mail.getContent()).getBodyPart(index);
			return String.valueOf(part.getContent());
		}
		catch (IOException | MessagingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	static List<String> subjects(String email) {
		return TestRelay.get().to(email).stream().map((mail) -> {
			try {
				return mail.getSubject();
			}
			catch (MessagingException ex) {
				throw new IllegalStateException(ex);
			}
		}).toList();
	}

}
