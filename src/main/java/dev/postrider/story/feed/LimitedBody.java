package dev.postrider.story.feed;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

import dev.postrider.story.SourceException;
import org.jspecify.annotations.Nullable;

/**
 * Collects a body and hangs up on one that does not end, or that nobody wants.
 */
final class LimitedBody implements HttpResponse.BodySubscriber<byte[]> {

	private final CompletableFuture<byte[]> body = new CompletableFuture<>();

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final long limit;

	private Flow.@Nullable Subscription subscription;

	/** Collects at most so many bytes. */
	LimitedBody(long limit) {
		this.limit = limit;
	}

	/** Takes nothing: what a redirect or an error says beside its head is not read. */
	static LimitedBody unread() {
		LimitedBody none = new LimitedBody(0);
		none.body.complete(new byte[0]);
		return none;
	}

	/** Takes nothing, for a reason. */
	static LimitedBody refused(SourceException reason) {
		LimitedBody none = new LimitedBody(0);
		none.body.completeExceptionally(reason);
		return none;
	}

	@Override
	public CompletionStage<byte[]> getBody() {
		return this.body;
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		this.subscription = subscription;
		if (this.body.isDone()) {
			subscription.cancel();
		}
		else {
			subscription.request(Long.MAX_VALUE);
		}
	}

	@Override
	public void onNext(List<ByteBuffer> items) {
		for (ByteBuffer item : items) {
			if (this.bytes.size() + item.remaining() > this.limit) {
				if (this.subscription != null) {
					this.subscription.cancel();
				}
				this.body.completeExceptionally(tooLarge(this.limit));
				return;
			}
			byte[] chunk = new byte[item.remaining()];
			item.get(chunk);
			this.bytes.write(chunk, 0, chunk.length);
		}
	}

	@Override
	public void onError(Throwable throwable) {
		this.body.completeExceptionally(throwable);
	}

	@Override
	public void onComplete() {
		this.body.complete(this.bytes.toByteArray());
	}

	static SourceException tooLarge(long limit) {
		return new SourceException(
				"It is larger than the %d kilobytes allowed by postrider.story.max-size".formatted(limit / 1024));
	}

}
