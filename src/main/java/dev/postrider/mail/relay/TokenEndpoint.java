package dev.postrider.mail.relay;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import dev.postrider.LimitedBody;
import dev.postrider.mail.relay.RelaysProperties.OAuth2;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where access tokens come from (RFC 6749): by a refresh token if there is one (6), else
 * in the client's own name (4.4). It has so long to answer, all of the answer included.
 */
final class TokenEndpoint {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	/** Where the endpoint does not say (RFC 6749 5.1). */
	private static final long USUAL_LIFE = 3600;

	private static final long LONGEST_LIFE = Duration.ofDays(365).toSeconds();

	private static final int LONGEST_ANSWER = 64 * 1024;

	private static final JsonMapper JSON = new JsonMapper();

	private final URI uri;

	private final OAuth2 settings;

	private final Duration timeout;

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

	TokenEndpoint(OAuth2 settings) {
		this(settings, TIMEOUT);
	}

	TokenEndpoint(OAuth2 settings, Duration timeout) {
		this.uri = Objects.requireNonNull(settings.tokenUri());
		this.settings = settings;
		this.timeout = timeout;
	}

	/**
	 * Asks for a token.
	 * @param refreshToken the one that is good now, or {@code null}
	 * @throws IOException if none is given; it names no secret
	 */
	Answer ask(@Nullable String refreshToken) throws IOException {
		HttpRequest request = HttpRequest.newBuilder(this.uri)
			.timeout(this.timeout)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.header("Accept", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(form(refreshToken)))
			.build();
		// The request's own timeout ends with the answer's head.
		CompletableFuture<HttpResponse<byte[]>> answer = this.http.sendAsync(request,
				(head) -> new LimitedBody(LONGEST_ANSWER,
						() -> new IOException("it answered more than " + LONGEST_ANSWER + " bytes")));
		try {
			return read(answer.get(this.timeout.toMillis(), TimeUnit.MILLISECONDS));
		}
		catch (InterruptedException ex) {
			answer.cancel(true);
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
		catch (TimeoutException ex) {
			answer.cancel(true);
			throw new IOException(this.uri.getHost() + " does not answer within " + this.timeout.toSeconds() + " s",
					ex);
		}
		catch (ExecutionException ex) {
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			throw new IOException((cause.getMessage() != null) ? this.uri.getHost() + ": " + cause.getMessage()
					: this.uri.getHost() + " does not answer (" + cause.getClass().getSimpleName() + ")", ex);
		}
	}

	private String form(@Nullable String refreshToken) {
		Map<String, @Nullable String> fields = new LinkedHashMap<>();
		fields.put("grant_type", (refreshToken != null) ? "refresh_token" : "client_credentials");
		fields.put("refresh_token", refreshToken);
		fields.put("client_id", this.settings.clientId());
		fields.put("client_secret", this.settings.clientSecret());
		fields.put("scope", this.settings.scope());
		return fields.entrySet()
			.stream()
			.filter((field) -> field.getValue() != null)
			.map((field) -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
	}

	/** What it answers may hold a token, so of that no more is told than its error. */
	private Answer read(HttpResponse<byte[]> answer) throws IOException {
		JsonNode json;
		try {
			json = JSON.readTree(answer.body());
		}
		catch (JacksonException ex) {
			throw new IOException(this.uri.getHost() + " answered " + answer.statusCode() + ", and no JSON", ex);
		}
		String value = json.path("access_token").asString("");
		if (answer.statusCode() != 200 || value.isEmpty()) {
			throw new IOException(this.uri.getHost() + " answered " + answer.statusCode() + " "
					+ json.path("error").asString("") + " " + json.path("error_description").asString(""));
		}
		String next = json.path("refresh_token").asString("");
		return new Answer(value,
				Duration.ofSeconds(Math.min(Math.max(json.path("expires_in").asLong(USUAL_LIFE), 1), LONGEST_LIFE)),
				next.isEmpty() ? null : next);
	}

	/**
	 * What it gave.
	 *
	 * @param token the access token
	 * @param life how long it is good for
	 * @param refreshToken the one to come with next time, if it is another
	 */
	record Answer(String token, Duration life, @Nullable String refreshToken) {
	}

}
