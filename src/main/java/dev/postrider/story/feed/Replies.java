package dev.postrider.story.feed;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

import dev.postrider.story.SourceBusyException;
import dev.postrider.story.SourceException;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks what servers reply, or says what they mean by giving nothing.
 */
final class Replies {

	private final long maxSize;

	private final Clock clock;

	Replies(StorySettings settings, Clock clock) {
		this.maxSize = settings.maxSize().toBytes();
		this.clock = clock;
	}

	/**
	 * What is in a reply.
	 * @param uri who sent it
	 * @param moved where it is from now on, if it moved for good
	 * @throws SourceException when it is no success
	 */
	Fetched fetched(URI uri, HttpResponse<byte[]> response, @Nullable URI moved) {
		int status = response.statusCode();
		if (status == 429 || status == 503) {
			throw busy(uri, response);
		}
		if (status != 304 && status / 100 != 2) {
			throw new SourceException("%s answered %d: %s".formatted(uri.getHost(), status, meaning(status)));
		}
		return new Fetched(uri, header(response, "Content-Type"), header(response, "Content-Location"),
				unpack(response), header(response, "ETag"), header(response, "Last-Modified"), status == 304, moved);
	}

	/** Too many requests count for the whole host, trouble for one address. */
	private SourceBusyException busy(URI uri, HttpResponse<byte[]> response) {
		int status = response.statusCode();
		Instant now = this.clock.instant();
		Instant retryAt = response.headers()
			.firstValue("Retry-After")
			.flatMap((value) -> RetryAfter.at(value, now))
			.orElse(null);
		String pause = (retryAt != null)
				? ", and wants to be left alone for " + RetryAfter.words(Duration.between(now, retryAt)) : "";
		return new SourceBusyException("%s answered %d: %s%s".formatted(uri.getHost(), status, meaning(status), pause),
				retryAt, status == 429);
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
				throw SourceException.tooLarge(this.maxSize);
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
