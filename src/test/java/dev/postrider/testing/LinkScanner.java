package dev.postrider.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.microsoft.playwright.Page;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import org.jsoup.Jsoup;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What mail filters do with a mail before its reader has seen it: ask for every link in
 * it, by several methods, and open each in a browser that runs scripts.
 */
public final class LinkScanner {

	private static final Pattern OURS = Pattern.compile("https://news\\.example(/[^\\s\"'<>),]*)");

	/** Milliseconds that a page's scripts have after it is there. */
	private static final double SCRIPTS_RUN = 100;

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private LinkScanner() {
	}

	/** The paths of all links to us in headers, text and HTML of a mail. */
	public static Set<String> paths(MimeMessage mail) {
		Set<String> paths = new TreeSet<>();
		try {
			for (String header : List.of("List-Unsubscribe", "List-Archive", "List-Help", "List-Subscribe")) {
				String value = mail.getHeader(header, null);
				add(paths, (value != null) ? value : "");
			}
			Multipart parts = (Multipart) mail.getContent();
			add(paths, String.valueOf(parts.getBodyPart(0).getContent()));
			Jsoup.parse(String.valueOf(parts.getBodyPart(1).getContent()))
				.select("[href], [src]")
				.forEach((link) -> add(paths, link.attr("href") + " " + link.attr("src")));
		}
		catch (MessagingException | IOException ex) {
			throw new IllegalStateException(ex);
		}
		return paths;
	}

	/** Asks for each by GET, HEAD and OPTIONS. */
	public static void ask(int port, Collection<String> paths) {
		for (String path : paths) {
			for (String method : List.of("HEAD", "GET", "OPTIONS", "GET")) {
				assertThat(status(port, path, method)).as(method + " " + path).isLessThan(500);
			}
		}
	}

	/** Opens each in a browser that runs its scripts, and leaves it by itself. */
	public static void open(Page page, int port, Collection<String> paths) {
		for (String path : paths) {
			page.navigate("http://localhost:" + port + path);
			page.waitForTimeout(SCRIPTS_RUN);
		}
	}

	private static int status(int port, String path, String method) {
		try {
			return HTTP
				.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
					.method(method, HttpRequest.BodyPublishers.noBody())
					.build(), HttpResponse.BodyHandlers.discarding())
				.statusCode();
		}
		catch (IOException ex) {
			throw new IllegalStateException(method + " " + path, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static void add(Set<String> paths, String text) {
		Matcher link = OURS.matcher(text);
		while (link.find()) {
			String path = link.group(1);
			paths.add((path.indexOf('#') < 0) ? path : path.substring(0, path.indexOf('#')));
		}
	}

}
