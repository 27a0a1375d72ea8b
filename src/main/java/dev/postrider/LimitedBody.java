package dev.postrider;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Collects a body and hangs up on one that does not end, or that nobody wants.
 */
public final class LimitedBody implements HttpResponse.BodySubscriber<byte[]> {

	private final CompletableFuture<byte[]> body = new CompletableFuture<>();

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final long limit;

	private final Supplier<? extends Throwable> tooLarge;

	private Flow.@Nullable Subscription subscription;

	/**
	 * Collects at most so many bytes.
	 * @param limit in bytes
	 * @param tooLarge why one that is larger fails
	 */
	public LimitedBody(long limit, Supplier<? extends Throwable> tooLarge) {
		this.limit = limit;
		this.tooLarge = tooLarge;
	}

	/** Takes nothing: what a redirect or an error says beside its head is not read. */
	public static LimitedBody unread() {
		LimitedBody none = new LimitedBody(0, IllegalStateException::new);
		none.body.complete(new byte[0]);
		return none;
	}

	/** Takes nothing, for a reason. */
	public static LimitedBody refused(Throwable reason) {
		LimitedBody none = new LimitedBody(0, () -> reason);
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
				this.body.completeExceptionally(this.tooLarge.get());
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

}
