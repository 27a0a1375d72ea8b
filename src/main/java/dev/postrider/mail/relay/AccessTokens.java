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
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import dev.postrider.mail.relay.RelaysProperties.OAuth2;
import jakarta.mail.AuthenticationFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Access tokens from a token endpoint (RFC 6749), renewed before they end. One for all
 * connections to a relay.
 */
final class AccessTokens implements Secret {

	private static final Logger logger = LoggerFactory.getLogger(AccessTokens.class);

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	/** Where the endpoint does not say (RFC 6749 5.1). */
	private static final long USUAL_LIFE = 3600;

	private static final JsonMapper JSON = new JsonMapper();

	private final String relay;

	private final OAuth2 settings;

	/** Monotonic. */
	private final LongSupplier nanoTime;

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

	private @Nullable Token token;

	/** Some endpoints give a new one with each token. */
	private @Nullable String refreshToken;

	AccessTokens(String relay, OAuth2 settings, LongSupplier nanoTime) {
		this.relay = relay;
		this.settings = settings;
		this.nanoTime = nanoTime;
		this.refreshToken = settings.refreshToken();
	}

	@Override
	public synchronized String value() throws AuthenticationFailedException {
		Token current = this.token;
		long now = this.nanoTime.getAsLong();
		if (current != null && now - current.renewAt() < 0) {
			return current.value();
		}
		try {
			Token fresh = ask();
			this.token = fresh;
			return fresh.value();
		}
		catch (IOException ex) {
			if (current != null && now - current.endsAt() < 0) {
				logger.warn("Relay {}: the access token could not be renewed, the old one is still good: {}",
						this.relay, ex.getMessage());
				return current.value();
			}
			throw new AuthenticationFailedException("No access token: " + ex.getMessage(), ex);
		}
	}

	@Override
	public synchronized boolean refused(String value) {
		// Another thread may have a new one already.
		if (this.token != null && this.token.value().equals(value)) {
			this.token = null;
		}
		return true;
	}

	private Token ask() throws IOException {
		URI endpoint = Objects.requireNonNull(this.settings.tokenUri());
		HttpRequest request = HttpRequest.newBuilder(endpoint)
			.timeout(TIMEOUT)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.header("Accept", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(form()))
			.build();
		long asked = this.nanoTime.getAsLong();
		try {
			HttpResponse<String> answer = this.http.send(request, HttpResponse.BodyHandlers.ofString());
			return read(endpoint, asked, answer);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
		catch (IOException ex) {
			throw (ex.getMessage() != null) ? ex : new IOException(
					endpoint.getHost() + " does not answer (" + ex.getClass().getSimpleName() + ")", ex);
		}
	}

	private String form() {
		Map<String, @Nullable String> fields = new LinkedHashMap<>();
		fields.put("grant_type", (this.refreshToken != null) ? "refresh_token" : "client_credentials");
		fields.put("refresh_token", this.refreshToken);
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
	private Token read(URI endpoint, long asked, HttpResponse<String> answer) throws IOException {
		JsonNode json;
		try {
			json = JSON.readTree(answer.body());
		}
		catch (JacksonException ex) {
			throw new IOException(endpoint.getHost() + " answered " + answer.statusCode() + ", and no JSON", ex);
		}
		String value = json.path("access_token").asString("");
		if (answer.statusCode() != 200 || value.isEmpty()) {
			throw new IOException(endpoint.getHost() + " answered " + answer.statusCode() + " "
					+ json.path("error").asString("") + " " + json.path("error_description").asString(""));
		}
		this.refreshToken = json.path("refresh_token").asString(this.refreshToken);
		long life = Duration.ofSeconds(Math.max(json.path("expires_in").asLong(USUAL_LIFE), 1)).toNanos();
		// A tenth of its life before its end, five minutes at most.
		long early = Math.min(life / 10, Duration.ofMinutes(5).toNanos());
		return new Token(value, asked + life - early, asked + life);
	}

	/** By the monotonic clock. */
	private record Token(String value, long renewAt, long endsAt) {
	}

}
