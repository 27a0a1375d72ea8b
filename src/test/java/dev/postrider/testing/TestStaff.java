package dev.postrider.testing;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.options.Cookie;
import dev.postrider.staff.Role;
import dev.postrider.staff.account.Accounts;
import dev.postrider.staff.account.ApiTokens;

/**
 * Makes accounts for tests, with a password and an API token, and logs them in over HTTP.
 * A bean: inject it.
 */
public final class TestStaff {

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

	private final Accounts accounts;

	private final ApiTokens tokens;

	TestStaff(Accounts accounts, ApiTokens tokens) {
		this.accounts = accounts;
		this.tokens = tokens;
	}

	/** A new editor with a unique address. */
	public Member editor() {
		return member(Role.EDITOR);
	}

	/** A new admin with a unique address. */
	public Member admin() {
		return member(Role.ADMIN);
	}

	private Member member(Role role) {
		String email = "staff-" + UUID.randomUUID() + "@news.example";
		String password = "correct horse " + UUID.randomUUID().toString().substring(0, 8);
		long id = this.accounts.add(email, "Robin " + ((role == Role.ADMIN) ? "Admin" : "Editor"), role);
		this.accounts.setPassword(id, password);
		return new Member(id, email, password, this.tokens.create(id, "test"));
	}

	/** Logs in on the login page of the application at {@code port}. */
	public Session login(int port, Member member) {
		Session session = new Session(port);
		HttpResponse<String> answer = session.post("/login", "/login", "email", member.email(), "password",
				member.password());
		if (answer.statusCode() != 302) {
			throw new IllegalStateException("Login answered " + answer.statusCode() + ": " + answer.body());
		}
		return session;
	}

	/** A browser that is not logged in. */
	public Session anonymous(int port) {
		return new Session(port);
	}

	/**
	 * An account of a test.
	 *
	 * @param id its key
	 * @param email to log in with
	 * @param password to log in with
	 * @param token for the API
	 */
	public record Member(long id, String email, String password, String token) {

		/** The value of the API's {@code Authorization} header. */
		public String bearer() {
			return "Bearer " + this.token;
		}

	}

	/**
	 * A browser in miniature: keeps the session's cookie, follows no redirect, and sends
	 * the CSRF token of the page a form is on.
	 */
	public static final class Session {

		private final HttpClient http = HttpClient.newHttpClient();

		private final int port;

		private final Map<String, String> cookies = new TreeMap<>();

		private Session(int port) {
			this.port = port;
		}

		/** Gets a page. */
		public HttpResponse<String> get(String path) {
			return send(HttpRequest.newBuilder(uri(path)).GET());
		}

		/**
		 * Posts a form with the CSRF token found on a page.
		 * @param page where the form stands, or {@code null} to send no CSRF token
		 * @param path where it goes
		 * @param fields names and values, one after the other
		 */
		public HttpResponse<String> post(String page, String path, String... fields) {
			StringBuilder body = new StringBuilder();
			for (int i = 0; i < fields.length; i += 2) {
				body.append(encode(fields[i])).append('=').append(encode(fields[i + 1])).append('&');
			}
			if (page != null) {
				body.append("_csrf=").append(encode(csrf(page)));
			}
			return send(HttpRequest.newBuilder(uri(path))
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(BodyPublishers.ofString(body.toString())));
		}

		/**
		 * Posts a form with a file, with the CSRF token found on the page where it goes.
		 * @param fields names and values, one after the other
		 */
		public HttpResponse<String> postMultipart(String path, String boundary, java.util.List<String> fields,
				String fileName, String file) {
			StringBuilder body = new StringBuilder();
			java.util.List<String> all = new java.util.ArrayList<>(fields);
			all.addAll(java.util.List.of("_csrf", csrf(path)));
			for (int i = 0; i < all.size(); i += 2) {
				body.append("--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(boundary,
						all.get(i), all.get(i + 1)));
			}
			body.append(
					"--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: text/csv\r\n\r\n%s\r\n--%1$s--\r\n"
						.formatted(boundary, fileName, file));
			return send(HttpRequest.newBuilder(uri(path))
				.header("Content-Type", "multipart/form-data; boundary=" + boundary)
				.POST(BodyPublishers.ofString(body.toString())));
		}

		/** Gives the session to a browser. */
		public void into(BrowserContext browser) {
			this.cookies.forEach((name, value) -> browser
				.addCookies(java.util.List.of(new Cookie(name, value).setUrl("http://localhost:" + this.port + "/"))));
		}

		/** The session's cookie as {@code name=value}, or empty. */
		public String cookie() {
			String session = this.cookies.get("POSTRIDER");
			return (session != null) ? "POSTRIDER=" + session : "";
		}

		/** Sets a cookie that nobody was sent. */
		public void plant(String name, String value) {
			this.cookies.put(name, value);
		}

		private String csrf(String page) {
			String html = get(page).body();
			Matcher found = CSRF.matcher(html);
			if (!found.find()) {
				throw new IllegalStateException("No CSRF token on " + page + ": " + html);
			}
			return found.group(1);
		}

		private HttpResponse<String> send(HttpRequest.Builder request) {
			if (!this.cookies.isEmpty()) {
				request.header("Cookie",
						this.cookies.entrySet()
							.stream()
							.map((cookie) -> cookie.getKey() + "=" + cookie.getValue())
							.collect(Collectors.joining("; ")));
			}
			try {
				HttpResponse<String> answer = this.http.send(request.build(), BodyHandlers.ofString());
				answer.headers().allValues("Set-Cookie").forEach(this::keep);
				return answer;
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException(ex);
			}
		}

		private void keep(String header) {
			String[] pair = header.split(";", 2)[0].split("=", 2);
			if (header.contains("Max-Age=0")) {
				this.cookies.remove(pair[0]);
			}
			else {
				this.cookies.put(pair[0], pair[1]);
			}
		}

		private URI uri(String path) {
			return URI.create("http://localhost:" + this.port + path);
		}

		private static String encode(String text) {
			return URLEncoder.encode(text, StandardCharsets.UTF_8);
		}

	}

}
