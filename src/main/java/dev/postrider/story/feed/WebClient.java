package dev.postrider.story.feed;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

import dev.postrider.LimitedBody;
import dev.postrider.mail.PublicUrl;
import dev.postrider.story.SourceException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Gets things from the web for us, and only what may be got: every hop is checked by the
 * {@link AddressGuard}, hosts are asked politely, size and time are limited as a whole.
 */
@Component
public class WebClient {

	private static final int MAX_REDIRECTS = 5;

	private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

	private static final Set<Integer> PERMANENT = Set.of(301, 308);

	private final AddressGuard guard;

	private final HostTurns turns;

	private final Replies replies;

	private final Duration timeout;

	private final long maxSize;

	private final String userAgent;

	private final HttpClient http;

	WebClient(AddressGuard guard, HostTurns turns, StorySettings settings, PublicUrl publicUrl, Clock clock) {
		this.guard = guard;
		this.turns = turns;
		this.replies = new Replies(settings, clock);
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
		return get(start, headers, this.timeout);
	}

	/** The same within another time, redirects included. */
	public Fetched get(URI start, Map<String, String> headers, Duration within) {
		Patience patience = new Patience(within);
		URI uri = start;
		URI moved = start;
		boolean forGood = true;
		for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
			URI here = uri;
			this.guard.check(here);
			HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept-Encoding", "gzip");
			headers.forEach(request::header);
			HttpResponse<byte[]> response = send(uri, request, (head) -> body(here, head), patience);
			if (!REDIRECTS.contains(response.statusCode())) {
				return this.replies.fetched(uri, response, moved.equals(start) ? null : moved);
			}
			String location = response.headers().firstValue("Location").orElse("");
			uri = WebAddress.parse(location, here)
				.orElseThrow(() -> new SourceException(
						"%s redirects to \"%s\", which is no address".formatted(here.getHost(), shown(location))));
			forGood = forGood && PERMANENT.contains(response.statusCode())
					&& !("https".equals(here.getScheme()) && "http".equals(uri.getScheme()));
			moved = forGood ? uri : moved;
		}
		throw new SourceException("%s redirects more than %d times".formatted(start.getHost(), MAX_REDIRECTS));
	}

	/**
	 * How an address answers, without its content: by HEAD, and where that is not
	 * understood by GET.
	 * @param start http or https
	 * @param timeout for the answer, redirects included, waiting for a turn not
	 * @return the status of the last response
	 * @throws SourceException when there is no answer; says why, for an editor
	 */
	public int status(URI start, Duration timeout) {
		Patience patience = new Patience(timeout);
		int status = status(start, "HEAD", patience);
		// Refused or not understood: some answer only who asks for the page itself.
		return (status / 100 == 2) ? status : status(start, "GET", patience);
	}

	private int status(URI start, String method, Patience patience) {
		URI uri = start;
		for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
			URI here = uri;
			this.guard.check(here);
			HttpResponse<Void> response = send(uri,
					HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()), (head) -> {
						this.guard.check(here);
						return new NoBody();
					}, patience);
			String location = response.headers().firstValue("Location").orElse("");
			URI next = REDIRECTS.contains(response.statusCode()) ? WebAddress.parse(location, uri).orElse(null) : null;
			if (next == null) {
				return response.statusCode();
			}
			uri = next;
		}
		throw new SourceException("%s redirects more than %d times".formatted(start.getHost(), MAX_REDIRECTS));
	}

	/** What others sent, short enough to be read. */
	private static String shown(String text) {
		return PlainText.fit(PlainText.tidy(text), 200);
	}

	private <T> HttpResponse<T> send(URI uri, HttpRequest.Builder request, HttpResponse.BodyHandler<T> body,
			Patience patience) {
		HostTurns.Turn turn = this.turns.take(uri.getHost());
		long begin = System.nanoTime();
		try {
			request.timeout(Duration.ofNanos(patience.left())).header("User-Agent", this.userAgent);
			return await(uri, this.http.sendAsync(request.build(), body), patience);
		}
		finally {
			patience.spend(System.nanoTime() - begin);
			turn.end();
		}
	}

	private <T> HttpResponse<T> await(URI uri, CompletableFuture<HttpResponse<T>> answer, Patience patience) {
		try {
			return answer.get(patience.left(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SourceException("Interrupted while fetching from %s".formatted(uri.getHost()), ex);
		}
		catch (TimeoutException ex) {
			throw tooSlow(uri, patience.whole(), ex);
		}
		catch (ExecutionException ex) {
			throw explain(uri, patience.whole(), ex.getCause());
		}
		finally {
			answer.cancel(true);
		}
	}

	/** Decides by the head of a reply what is taken of its body. */
	private LimitedBody body(URI uri, HttpResponse.ResponseInfo head) {
		try {
			this.guard.check(uri);
		}
		catch (SourceException ex) {
			return LimitedBody.refused(ex);
		}
		if (head.statusCode() / 100 != 2) {
			return (head.statusCode() == 304) ? collected() : LimitedBody.unread();
		}
		boolean tooLarge = head.headers()
			.firstValue("Content-Length")
			.filter((length) -> length.matches("\\d{1,18}") && Long.parseLong(length) > this.maxSize)
			.isPresent();
		return tooLarge ? LimitedBody.refused(SourceException.tooLarge(this.maxSize)) : collected();
	}

	private LimitedBody collected() {
		return new LimitedBody(this.maxSize, () -> SourceException.tooLarge(this.maxSize));
	}

	private static SourceException tooSlow(URI uri, Duration whole, Throwable cause) {
		return new SourceException(
				"%s did not answer in full within %d seconds".formatted(uri.getHost(), whole.toSeconds()), cause);
	}

	private static SourceException explain(URI uri, Duration whole, @Nullable Throwable cause) {
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
				return tooSlow(uri, whole, reason);
			}
			if (reason instanceof SSLException) {
				return new SourceException(
						"No secure connection to %s: %s".formatted(host, shown(String.valueOf(reason.getMessage()))),
						cause);
			}
		}
		String detail = (cause != null) ? cause.getMessage() : null;
		return new SourceException(
				"The connection to %s broke off%s".formatted(host, (detail != null) ? ": " + shown(detail) : ""),
				cause);
	}

	private static int port(URI uri) {
		return (uri.getPort() >= 0) ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
	}

}
