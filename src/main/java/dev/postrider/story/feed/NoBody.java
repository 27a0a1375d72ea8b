package dev.postrider.story.feed;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

import org.jspecify.annotations.Nullable;

/**
 * Wants none of a body: hangs up when it begins.
 */
final class NoBody implements HttpResponse.BodySubscriber<Void> {

	private final CompletableFuture<@Nullable Void> body = new CompletableFuture<>();

	@Override
	@SuppressWarnings("NullAway") // There is no other Void than null.
	public CompletionStage<Void> getBody() {
		return this.body;
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		subscription.cancel();
		this.body.complete(null);
	}

	@Override
	public void onNext(List<ByteBuffer> items) {
	}

	@Override
	public void onError(Throwable throwable) {
		this.body.complete(null);
	}

	@Override
	public void onComplete() {
		this.body.complete(null);
	}

}
