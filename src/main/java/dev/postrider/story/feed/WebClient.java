package dev.postrider.story.feed;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;

import javax.net.ssl.SSLException;

import dev.postrider.mail.PublicUrl;
import dev.postrider.story.SourceException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Gets things from the web for us, and only what may be got: every hop is checked by the
 * {@link AddressGuard}, size and time are limited as a whole.
 */
@Component
public class WebClient {

	private static final int MAX_REDIRECTS = 5;

	private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

	private final AddressGuard guard;

	private final Duration timeout;

	private final long maxSize;

	private final String userAgent;

	private final HttpClient http;

	WebClient(AddressGuard guard, StorySettings settings, PublicUrl publicUrl) {
		this.guard = guard;
		this.timeout = settings.timeout();
		this.maxSize = settings.maxSize().toBytes();
		this.userAgent = "Postrider (+%s)".formatted(publicUrl.base());
		// Redirects are followed here, each checked. HTTP/1.1: an upgrade offered in
		// clear text confuses old servers.
		this.http = HttpClient.newBuilder()
			.followRedirects(HttpClient.Redirect.NEVER)
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(settings.connectTimeout())
			.build();
	}

	/**
	 * Gets what is at an address.
	 * @param start http or https
	 * @param headers to send along
	 * @return the last response, with a status from 200 to 299, or 304
	 * @throws SourceException says what went wrong, for an editor
	 */
	Fetched get(URI start, Map<String, String> headers) {
		long deadline = System.nanoTime() + this.timeout.toNanos();
		URI uri = start;
		for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
			this.guard.check(uri);
			HttpResponse<byte[]> response = send(uri, headers, deadline);
			if (!REDIRECTS.contains(response.statusCode())) {
				return fetched(uri, response);
			}
			String location = response.headers().firstValue("Location").orElse("");
			String from = uri.getHost();
			uri = WebAddress.parse(location, uri)
				.orElseThrow(() -> new SourceException(
						"%s redirects to \"%s\", which is no address".formatted(from, location)));
		}
		throw new SourceException("%s redirects more than %d times".formatted(start.getHost(), MAX_REDIRECTS));
	}

	/**
	 * How an address answers, without its content: by HEAD, and where that is not
	 * understood by GET.
	 * @param start http or https
	 * @param patience for the answer, redirects included
	 * @return the status of the last response
	 * @throws SourceException when there is no answer; says why, for an editor
	 */
	public int status(URI start, Duration patience) {
		long deadline = System.nanoTime() + patience.toNanos();
		int status = status(start, "HEAD", deadline);
		// Refused or not understood: some answer only who asks for the page itself.
		return (status / 100 == 2) ? status : status(start, "GET", deadline);
	}

	private int status(URI start, String method, long deadline) {
		URI uri = start;
		for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
			this.guard.check(uri);
			HttpResponse<Void> response = send(uri,
					HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()), NoBody::new,
					deadline);
			String location = response.headers().firstValue("Location").orElse("");
			URI next = REDIRECTS.contains(response.statusCode()) ? WebAddress.parse(location, uri).orElse(null) : null;
			if (next == null) {
				return response.statusCode();
			}
			uri = next;
		}
		throw new SourceException("%s redirects more than %d times".formatted(start.getHost(), MAX_REDIRECTS));
	}

	private HttpResponse<byte[]> send(URI uri, Map<String, String> headers, long deadline) {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept-Encoding", "gzip");
		headers.forEach(request::header);
		return send(uri, request, () -> new LimitedBody(this.maxSize), deadline);
	}

	private <T> HttpResponse<T> send(URI uri, HttpRequest.Builder request,
			Supplier<HttpResponse.BodySubscriber<T>> body, long deadline) {
		long remaining = Math.max(1, deadline - System.nanoTime());
		request.timeout(Duration.ofNanos(remaining)).header("User-Agent", this.userAgent);
		CompletableFuture<HttpResponse<T>> answer = this.http.sendAsync(request.build(), (head) -> {
			this.guard.check(uri);
			return body.get();
		});
		try {
			return answer.get(remaining, TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SourceException("Interrupted while fetching from %s".formatted(uri.getHost()), ex);
		}
		catch (TimeoutException ex) {
			throw tooSlow(uri, ex);
		}
		catch (ExecutionException ex) {
			throw explain(uri, ex.getCause());
		}
		finally {
			answer.cancel(true);
		}
	}

	private SourceException tooSlow(URI uri, Throwable cause) {
		return new SourceException(
				"%s did not answer in full within %d seconds".formatted(uri.getHost(), this.timeout.toSeconds()),
				cause);
	}

	private SourceException explain(URI uri, @Nullable Throwable cause) {
		String host = uri.getHost();
		for (Throwable reason = cause; reason != null; reason = reason.getCause()) {
			if (reason instanceof SourceException known) {
				return known;
			}
			if (reason instanceof HttpConnectTimeoutException || reason instanceof ConnectException) {
				return new SourceException(
						"%s cannot be reached: nothing answers on port %d".formatted(host, port(uri)), cause);
			}
			if (reason instanceof HttpTimeoutException) {
				return tooSlow(uri, reason);
			}
			if (reason instanceof SSLException) {
				return new SourceException("No secure connection to %s: %s".formatted(host, reason.getMessage()),
						cause);
			}
		}
		String detail = (cause != null) ? cause.getMessage() : null;
		return new SourceException(
				"The connection to %s broke off%s".formatted(host, (detail != null) ? ": " + detail : ""), cause);
	}

	private static int port(URI uri) {
		return (uri.getPort() >= 0) ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
	}

	private Fetched fetched(URI uri, HttpResponse<byte[]> response) {
		int status = response.statusCode();
		if (status != 304 && status / 100 != 2) {
			throw new SourceException("%s answered %d: %s".formatted(uri.getHost(), status, meaning(status)));
		}
		return new Fetched(uri, header(response, "Content-Type"), header(response, "Content-Location"),
				unpack(response), header(response, "ETag"), header(response, "Last-Modified"), status == 304);
	}

	private static String meaning(int status) {
		return switch (status) {
			case 401, 403 -> "it does not let us in";
			case 404 -> "there is nothing at this address";
			case 410 -> "what was there is gone for good";
			case 429 -> "it was asked too often";
			default -> (status >= 500) ? "it has trouble of its own" : "it does not give us the content";
		};
	}

	private byte[] unpack(HttpResponse<byte[]> response) {
		byte[] body = response.body();
		// Some deliver a .gz file without saying so.
		boolean packed = body.length > 2 && body[0] == 0x1f && (body[1] & 0xff) == 0x8b;
		if (!packed) {
			return body;
		}
		try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
			byte[] unpacked = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, this.maxSize + 1));
			if (unpacked.length > this.maxSize) {
				throw LimitedBody.tooLarge(this.maxSize);
			}
			return unpacked;
		}
		catch (IOException ex) {
			throw new SourceException("The packed content of %s is damaged".formatted(response.uri().getHost()), ex);
		}
	}

	private static @Nullable String header(HttpResponse<?> response, String name) {
		Optional<String> value = response.headers().firstValue(name);
		return value.orElse(null);
	}

}
